import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
  SetMetadata,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { identityOf } from '../guard/identity.js';
import { DECLARATION, type Declaration } from '../guard/needs.js';
import { ReadLog } from './read-log.js';
import { purposeOf, routeOf } from './request-facts.js';

const TELLS_OF = Symbol('TellsOf');

/** The people of whom an answer tells, by their ids. */
type PeopleOf<Answer> = (answer: Answer) => readonly string[];

/** The route answers with records of several people: each of them is entered in the log of reads (经办条例 第4条). */
export const TellsOf = <Answer>(people: PeopleOf<Answer>): MethodDecorator => SetMetadata(TELLS_OF, people);

/** Enters the people of an answer before it goes out: a read that cannot be recorded does not take place. */
@Injectable()
export class TellsOfInterceptor implements NestInterceptor {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(ReadLog) private readonly reads: ReadLog,
  ) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const peopleOf = this.reflector.get<PeopleOf<unknown> | undefined>(TELLS_OF, execution.getHandler());
    const declared = this.reflector.get<Declaration | undefined>(DECLARATION, execution.getHandler());
    const request = execution.switchToHttp().getRequest<FastifyRequest>();
    const identity = identityOf(request);
    if (peopleOf === undefined || identity === undefined || declared?.kind !== 'needs') return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const { lentBy } = identity.right ?? {};
        const reason = purposeOf(request);
        await this.reads.record({
          ...{ userId: identity.userId, personIds: [...new Set(peopleOf(answer))], permission: declared.permission },
          route: routeOf(request),
          ...(lentBy === undefined ? {} : { onBehalfOf: lentBy }),
          ...(reason === undefined ? {} : { reason }),
        });
        return answer;
      }),
    );
  }
}
