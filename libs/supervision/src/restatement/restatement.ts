import type { BusinessDate, Fund, Money, Month } from '@provident/kernel';
import type { FigureSubject, IndicatorId } from '@provident/statistics';

/** What is compared: the same figures as known at two positions of the log. */
export interface RestatementQuestion {
  /** What was known before. */
  readonly before: bigint;
  /** What is known after; figures may differ by what the log took in between. */
  readonly after: bigint;
  /** The last day that counts, on both sides; the latest day on record after when absent. */
  readonly asOf?: BusinessDate | undefined;
  /** Most events named for each difference; every difference says how many there are. */
  readonly mostCauses: number;
}

/** An event that the log took between the two positions, and that bears on a difference. */
export interface Cause {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly stream: string;
  readonly effectiveDate: BusinessDate;
  readonly recordedAt: string;
  readonly enteredBy: string;
  readonly reviewedBy: string | null;
  readonly approvedBy: string | null;
}

export interface Caused {
  /** Events that bear on the difference. */
  readonly events: bigint;
  /** The first of them in the order of the log. */
  readonly causes: readonly Cause[];
}

/** What an account's detail moved in a month, as known before and after; debit less credit. */
export interface BookRestatement extends Caused {
  readonly fund: Fund;
  readonly account: string;
  readonly detail: string;
  readonly month: Month;
  readonly before: Money;
  readonly after: Money;
  readonly difference: Money;
}

/** An indicator of a month, as known before and after. */
export interface FigureRestatement extends Caused {
  readonly month: Month;
  readonly indicator: IndicatorId;
  readonly of: FigureSubject;
  readonly before: string | null;
  readonly after: string | null;
}

/** Every figure that came out otherwise, each with the events to which the difference is due. */
export interface RestatementReport {
  readonly before: bigint;
  readonly after: bigint;
  readonly asOf: BusinessDate;
  readonly books: readonly BookRestatement[];
  readonly figures: readonly FigureRestatement[];
}
