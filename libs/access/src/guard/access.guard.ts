import { type CanActivate, type ExecutionContext, Inject, Injectable, Logger } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AREA } from '@provident/event-store';
import { CLOCK, type Clock, today } from '@provident/kernel';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RATE_LIMITS, type RateLimits } from '../hardening/rate-limits.js';
import { ReadLog } from '../records/read-log.js';
import { purposeOf, routeOf } from '../records/request-facts.js';
import { RefusalLog } from '../records/refusal-log.js';
import { notSignedIn, Refusal } from '../refusal.js';
import { PERMISSIONS } from '../rights/permissions.js';
import { judge, type Right, type Target } from '../rights/verdict.js';
import { AccessTokens, type Bearer } from '../sign-in/access-tokens.js';
import { Sessions } from '../sign-in/sessions.js';
import { Users } from '../users.js';
import { type Identity, rememberIdentity } from './identity.js';
import { DECLARATION, type Declaration } from './needs.js';
import { TARGET_FINDERS, type TargetFinders, targetOf } from './targets.js';

type Needed = Extract<Declaration, { kind: 'needs' }>;

/**
 * Stands before every route. A route that declares nothing is refused: none is open by accident. The token says who
 * calls; what he may do is asked of his stream at every request, so that a role that was revoked ends at once.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  private readonly log = new Logger(AccessGuard.name);

  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AccessTokens) private readonly tokens: AccessTokens,
    @Inject(Sessions) private readonly sessions: Sessions,
    @Inject(Users) private readonly users: Users,
    @Inject(TARGET_FINDERS) private readonly finders: TargetFinders,
    @Inject(ReadLog) private readonly reads: ReadLog,
    @Inject(RefusalLog) private readonly refusals: RefusalLog,
    @Inject(RATE_LIMITS) private readonly rates: RateLimits,
    @Inject(AREA) private readonly area: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    const http = execution.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    const places = [execution.getHandler(), execution.getClass()];
    const declared = this.reflector.getAllAndOverride<Declaration | undefined>(DECLARATION, places);
    if (declared?.kind === 'public') return true;
    let bearer: Bearer | undefined;
    try {
      if (declared === undefined) throw this.undeclared(request);
      bearer = await this.bearer(request);
      this.rates.users.take(bearer.userId);
      rememberIdentity(request, await this.admit(request, declared, bearer));
      return true;
    } catch (error) {
      if (error instanceof Refusal) await this.refused(request, reply, declared, bearer, error);
      throw error;
    }
  }

  private async bearer(request: FastifyRequest): Promise<Bearer> {
    const [, token] = /^Bearer ([\w.~+/-]{1,4096}=*)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token === undefined) throw notSignedIn();
    const bearer = await this.tokens.verify(token);
    if (!(await this.sessions.isOpen(bearer.sessionId, bearer.userId))) throw notSignedIn();
    return bearer;
  }

  private async admit(request: FastifyRequest, { permission, target }: Needed, bearer: Bearer): Promise<Identity> {
    const { state, rights } = await this.users.rights(bearer.userId, today(this.clock));
    if (state.personId === undefined || state.disabled) throw notSignedIn();
    const about = await targetOf(request, target, this.finders, this.area);
    const verdict = judge(rights, permission, about);
    if (!verdict.allowed) throw notPermitted(permission, verdict.reason);
    await this.logRead(request, permission, about, bearer, verdict.right);
    return { ...bearer, personId: state.personId, right: verdict.right };
  }

  /** Before the answer: a read that cannot be recorded does not take place. */
  private async logRead(
    request: FastifyRequest,
    permission: Needed['permission'],
    { personId }: Target,
    { userId }: Bearer,
    right: Right | undefined,
  ): Promise<void> {
    if (PERMISSIONS[permission].kind !== 'read' || personId === undefined) return;
    const reason = purposeOf(request);
    await this.reads.record({
      ...{ userId, personIds: [personId], permission, route: routeOf(request) },
      ...(right?.lentBy === undefined ? {} : { onBehalfOf: right.lentBy }),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  private async refused(
    request: FastifyRequest,
    reply: FastifyReply,
    declared: Needed | undefined,
    bearer: Bearer | undefined,
    refusal: Refusal,
  ): Promise<void> {
    if (refusal.status === 401) void reply.header('www-authenticate', 'Bearer realm="provident"');
    // One that came too fast is not recorded: the record would grow as fast.
    if (refusal.status !== 401 && refusal.status !== 403) return;
    await this.refusals.record({
      ...{ caller: this.refusals.callerOf(request.ip), route: routeOf(request), reason: reasonOf(refusal) },
      ...(bearer === undefined ? {} : { userId: bearer.userId }),
      ...(declared === undefined ? {} : { permission: declared.permission }),
    });
  }

  private undeclared(request: FastifyRequest): Refusal {
    this.log.error(`${routeOf(request)} declares neither @Needs nor @Public and is closed.`);
    return new Refusal(
      403,
      'route-undeclared',
      'This route is closed.',
      'Every route declares who may call it.',
      'Tell the operator of this system.',
    );
  }
}

function reasonOf(refusal: Refusal): string {
  const { reason } = refusal.details;
  return typeof reason === 'string' ? reason : refusal.code;
}

const REMEDIES = {
  'no-role': 'Ask an operator for a role that has this permission.',
  'outside-scope': 'Ask only for what your role reaches: your own record, employer or area.',
  'other-department': 'Hand the business to the department whose it is (社会保险经办条例 第7条).',
} as const;

function notPermitted(permission: string, reason: keyof typeof REMEDIES): Refusal {
  return new Refusal(
    403,
    'not-permitted',
    'You may not do this.',
    `The permission table gives "${permission}" to certain roles, within their reach and department.`,
    REMEDIES[reason],
    { permission, reason },
  );
}
