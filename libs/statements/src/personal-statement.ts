import type { AccountEvent } from '@provident/accounts/events';
import { type BusinessDate, type Month, type RecordedEvent, yearOf } from '@provident/kernel';
import { accountOf, type Credited, type Reversed, type StatementAccount } from './account-of-year.js';
import { type Evidence, evidence } from './evidence.js';
import { type Paid, type PaidLine, paidOf, totalsOf } from './paid.js';

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

/** A person's rights record of one year (个人权益记录单), rebuilt from that person's own events. */
export interface PersonalStatement {
  readonly year: number;
  readonly months: readonly StatementMonth[];
  readonly corrections: readonly StatementCorrection[];
  readonly disputes: readonly StatementDispute[];
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

/** Pure: the account's events, in the order of the log, from the closing two years before (or the beginning) on. */
export function personalStatement(year: number, events: readonly RecordedEvent<AccountEvent>[]): PersonalStatement {
  const reversals = events.filter((event): event is Reversed => event.type === 'ContributionCreditReversed');
  const reversed = new Set(reversals.map((event) => event.data.reverses));
  const credits = events.filter((event): event is Credited => event.type === 'ContributionCredited');
  const months = credits
    .filter(({ data }) => yearOf(data.month) === year && !reversed.has(data.creditId))
    .map(monthOf)
    .sort((a, b) => (a.month < b.month ? -1 : 1));
  const lines = months.flatMap((each) => each.lines);
  const last = events.at(-1);
  return {
    year,
    months,
    corrections: reversals.filter((event) => yearOf(event.data.month) === year).map(correctionOf),
    disputes: events.filter((event): event is Upheld => isDispute(event) && event.data.year === year).map(disputeOf),
    totals: totalsOf(lines),
    paid: paidOf(lines),
    account: accountOf(year, events),
    knownAt: (last?.position ?? 0n).toString(),
    ...(last === undefined ? {} : { recordedAt: last.recordedAt.toISOString() }),
  };
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
