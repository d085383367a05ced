import type { Grant } from '@provident/access';
import { user, userIdOf, type UserState } from '@provident/access/user';
import type { EventStore, Reaction } from '@provident/event-store';
import { causedBy, type CommandContext, deterministicId, type RecordedEvent } from '@provident/kernel';
import { accessEnd, administrators, type AdministratorsState, type Filing } from './administrators.js';
import type { AdministratorsEvent } from './events.js';

/** After these, who may act for the employer, and until when, may be another than before. */
const CHANGING = [
  ...['AdministratorFiled', 'AdministratorVerified', 'AdministratorChanged'],
  ...['HandoverStarted', 'HandoverWithdrawn', 'AccessTransferred'],
] as const satisfies readonly AdministratorsEvent['type'][];

/**
 * From the register's word on who may act for an employer to the rights of those people: with the first verified filing,
 * and afterwards only with a completed handover, the role moves. Whatever came before, the rights are made what the
 * register says now, so that a repeated or late event changes nothing.
 */
export function administratorReactions(store: EventStore): Reaction[] {
  return CHANGING.map((on) => ({
    on,
    async react(event) {
      const recorded = event as RecordedEvent<AdministratorsEvent>;
      const { employer } = recorded.data;
      const { state } = await store.load(administrators, employer);
      for (const filing of state.filings.filter(({ verifiedOn }) => verifiedOn !== undefined)) {
        await new AdministratorRights(store, employer, state, recorded).settle(filing);
      }
    },
  }));
}

/** The rights of one employer's administrators, after one event. */
class AdministratorRights {
  constructor(
    private readonly store: EventStore,
    private readonly employer: string,
    private readonly state: AdministratorsState,
    private readonly event: RecordedEvent<AdministratorsEvent>,
  ) {}

  /** Makes a person's rights for this employer those of the register. Access ends before it begins elsewhere. */
  async settle({ administratorId: personId }: Filing): Promise<void> {
    const userId = userIdOf(personId);
    const before = (await this.store.load(user, userId)).state;
    if (before.disabled) return; // Whoever is shut out stays so; enabling a user is an operator's decision.
    const wanted = this.wanted(personId);
    const held = before.grants.filter(({ role, scope }) => role === ROLE && this.isHere(scope));
    for (const { grantId } of held.filter((each) => !wanted.some((other) => isSame(each, other)))) {
      await this.give(userId, { type: 'RevokeRole', grantId, reason: 'register of administrators' });
    }
    await this.give(userId, { type: 'RegisterUser', personId });
    await this.give(userId, { type: 'GrantRole', grant: this.ownRecord(before, personId), reason: 'own record' });
    for (const grant of wanted.filter((each) => !held.some((other) => isSame(each, other)))) {
      await this.give(userId, { type: 'GrantRole', grant, reason: 'register of administrators' });
    }
  }

  /** The days on which the register lets the person act. */
  private wanted(personId: string): Grant[] {
    const { filings, access } = this.state;
    const own = new Set(filings.filter((each) => each.administratorId === personId).map(({ filingId }) => filingId));
    return access
      .filter(({ filingId }) => own.has(filingId))
      .map((period) => ({ from: period.from, until: accessEnd(this.state, period) }))
      .filter(({ from, until }) => until === undefined || from <= until)
      .map(({ from, until }) => ({
        ...{ grantId: this.idOf('grant', personId, from, until ?? ''), role: ROLE, departments: [], from },
        scope: { kind: 'own-employer', employer: this.employer },
        ...(until === undefined ? {} : { until }),
      }));
  }

  /** Whoever takes over looks at the handover as a person before the employer's file is his. */
  private ownRecord({ grants }: UserState, personId: string): Grant {
    const scope = { kind: 'own-person', personId } as const;
    const known = grants.find(({ role }) => role === 'insured-person');
    const from = known?.from ?? this.event.metadata.effectiveDate;
    return { grantId: this.idOf('own', personId), role: 'insured-person', scope, departments: [], from };
  }

  private async give(userId: string, command: Given): Promise<void> {
    const context = this.context(userId, JSON.stringify(command));
    await this.store.execute(user, userId, { ...command, by: context.actor }, context);
  }

  private isHere(scope: Grant['scope']): boolean {
    return scope.kind === 'own-employer' && scope.employer === this.employer;
  }

  private idOf(...parts: readonly string[]): string {
    return deterministicId('administrator-access', this.event.id, ...parts);
  }

  private context(...parts: readonly string[]): CommandContext {
    const ids = { causationId: this.event.id, actor: 'system:reactions' };
    return causedBy(this.event.metadata, this.idOf('command', ...parts), ids);
  }
}

const ROLE = 'employer-administrator';

type Without<Of> = Of extends unknown ? Omit<Of, 'by'> : never;
type Given = Without<Extract<Parameters<typeof user.decide>[0], { type: 'RegisterUser' | 'GrantRole' | 'RevokeRole' }>>;

function isSame(a: Grant, b: Grant): boolean {
  return a.from === b.from && a.until === b.until;
}
