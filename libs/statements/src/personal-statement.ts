import type { AccountEvent, ConflictOutcome } from '@provident/accounts/events';
import { type BusinessDate, type Month, type RecordedEvent, yearOf } from '@provident/kernel';
import { accountOf, type Credited, type Reversed, type StatementAccount } from './account-of-year.js';
import { type Evidence, evidence } from './evidence.js';
import { type Paid, type PaidLine, paidOf, totalsOf } from './paid.js';

type Conflict = RecordedEvent<Extract<AccountEvent, { type: 'CreditConflictFound' }>>;
type Settled = RecordedEvent<Extract<AccountEvent, { type: 'CreditConflictSettled' }>>;
type Upheld = RecordedEvent<Extract<AccountEvent, { type: 'RecordDisputeUpheld' }>>;

export interface StatementMonth extends Evidence {
  readonly month: Month;
  readonly employer: string;
  readonly base: string;
  readonly lines: readonly PaidLine[];
  readonly paid: Paid;
  readonly accountAmount: string;
  readonly creditedOn: BusinessDate;
  readonly creditId: string;
  /** The credit that this one replaced. */
  readonly corrects?: string;
}

/** A credit that was taken back in red (红字冲正): its amounts are negative. */
export interface StatementCorrection extends Evidence {
  readonly month: Month;
  readonly employer: string;
  readonly base: string;
  readonly lines: readonly PaidLine[];
  readonly paid: Paid;
  readonly accountAmount: string;
  readonly reversedOn: BusinessDate;
  readonly reason: string;
  /** The credit that was taken back. */
  readonly reverses: string;
}

/** An objection to a figure of this year that the agency found right (异议成立); its correction is an entry of its own. */
export interface StatementDispute extends Evidence {
  readonly figure: string;
  /** The figure as it was stated then. */
  readonly stated: string;
  readonly upheldOn: BusinessDate;
}

/** A month of this year that was paid a second time (重复缴费): not credited again, it waits for a clerk or was settled. */
export interface StatementConflict extends Evidence {
  readonly month: Month;
  readonly employer: string;
  readonly accountAmount: string;
  readonly creditId: string;
  readonly settled?: StatementSettlement;
}

/** Which record stands, by the approved case whose event this is. */
export interface StatementSettlement extends Evidence {
  readonly outcome: ConflictOutcome;
  readonly on: BusinessDate;
}

/** A person's rights record of one year (个人权益记录单), rebuilt from that person's own events. */
export interface PersonalStatement {
  readonly year: number;
  readonly months: readonly StatementMonth[];
  readonly corrections: readonly StatementCorrection[];
  readonly disputes: readonly StatementDispute[];
  /** Absent where no month was paid twice. */
  readonly conflicts?: readonly StatementConflict[];
  /** Sums of the months' lines by scheme and payer. */
  readonly totals: readonly PaidLine[];
  /** Sums of the months' lines by payer. */
  readonly paid: Paid;
  readonly account: StatementAccount;
  /** Log position of the last event that the statement rests on. */
  readonly knownAt: string;
  /** When the log took that event (ISO 8601, UTC); absent while the account has no event. */
  readonly recordedAt?: string;
}

/**
 * Pure: the account's events, in the order of the log, from the closing two years before (or the beginning) on, and those of
 * the accounts that were merged into it: their months are this person's too, their sums came over by the merge.
 */
export function personalStatement(
  year: number,
  events: readonly RecordedEvent<AccountEvent>[],
  absorbed: readonly RecordedEvent<AccountEvent>[] = [],
): PersonalStatement {
  const all = inLogOrder([...absorbed, ...events]);
  const reversals = all.filter((event): event is Reversed => event.type === 'ContributionCreditReversed');
  const reversed = new Set(reversals.map((event) => event.data.reverses));
  const credits = all.filter((event): event is Credited => event.type === 'ContributionCredited');
  const months = credits
    .filter(({ data }) => yearOf(data.month) === year && !reversed.has(data.creditId))
    .map(monthOf)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const lines = months.flatMap((each) => each.lines);
  const conflicts = all.filter((event): event is Conflict => isConflict(event) && yearOf(event.data.month) === year);
  const last = events.at(-1);
  return {
    year,
    months,
    corrections: reversals.filter((event) => yearOf(event.data.month) === year).map(correctionOf),
    disputes: all.filter((event): event is Upheld => isDispute(event) && event.data.year === year).map(disputeOf),
    ...(conflicts.length === 0 ? {} : { conflicts: conflicts.map((each) => conflictOf(each, all)) }),
    totals: totalsOf(lines),
    paid: paidOf(lines),
    account: accountOf(year, events),
    knownAt: (last?.position ?? 0n).toString(),
    ...(last === undefined ? {} : { recordedAt: last.recordedAt.toISOString() }),
  };
}

/** Events of one account or of several, in the order in which the log took them. */
export function inLogOrder(events: readonly RecordedEvent<AccountEvent>[]): readonly RecordedEvent<AccountEvent>[] {
  return [...events].sort((one, other) => (one.position < other.position ? -1 : 1));
}

function isConflict(event: RecordedEvent<AccountEvent>): event is Conflict {
  return event.type === 'CreditConflictFound';
}

function conflictOf(event: Conflict, all: readonly RecordedEvent<AccountEvent>[]): StatementConflict {
  const { month, employer, accountAmount, creditId } = event.data;
  const by = all.find((each): each is Settled => isSettled(each) && each.data.conflictId === creditId);
  const settled = by && { outcome: by.data.outcome, on: by.data.settledOn, ...evidence(by) };
  return {
    ...{ month, employer, accountAmount, creditId, ...evidence(event) },
    ...(settled === undefined ? {} : { settled }),
  };
}

function isSettled(event: RecordedEvent<AccountEvent>): event is Settled {
  return event.type === 'CreditConflictSettled';
}

function isDispute(event: RecordedEvent<AccountEvent>): event is Upheld {
  return event.type === 'RecordDisputeUpheld';
}

function disputeOf(event: Upheld): StatementDispute {
  const { figure, stated, upheldOn } = event.data;
  return { figure, stated, upheldOn, ...evidence(event) };
}

function monthOf(event: Credited): StatementMonth {
  const { month, employer, base, lines, accountAmount, creditedOn, creditId, corrects } = event.data;
  const correction = corrects === undefined ? {} : { corrects };
  const paid = paidOf(lines);
  return { month, employer, base, lines, paid, accountAmount, creditedOn, creditId, ...correction, ...evidence(event) };
}

function correctionOf(event: Reversed): StatementCorrection {
  const { month, employer, base, lines, accountAmount, reversedOn, reason, reverses } = event.data;
  const paid = paidOf(lines);
  return { month, employer, base, lines, paid, accountAmount, reversedOn, reason, reverses, ...evidence(event) };
}
