import type { Fund, Money, Month, ParameterReference } from '@provident/kernel';
import type { MonthEffect } from './recompute.js';

/** An amount as it was and as it would have been. */
export interface Effect {
  readonly before: Money;
  readonly after: Money;
}

/** How many would pay or have less, how many more, and by how much together. */
export interface WinnersAndLosers {
  readonly less: { readonly count: number; readonly amount: Money };
  readonly more: { readonly count: number; readonly amount: Money };
  readonly same: number;
}

/** A kind of person, by one characteristic: age band, sex, wage band, unit type or risk class of the employer. */
export interface KindEffect {
  readonly characteristic: 'age' | 'sex' | 'wage' | 'unit-type' | 'risk-class';
  readonly kind: string;
  readonly people: number;
  /** What the people pay themselves. */
  readonly own: Effect;
  /** What their employers pay for them. */
  readonly employer: Effect;
  /** Their personal accounts at the end. */
  readonly account: Effect;
}

/** One person's month with its parameters: why it would be otherwise. */
export interface ExplainedMonth extends MonthEffect {
  readonly month: Month;
  readonly employer: string;
  /** The declaration that it rests on. */
  readonly declarationId: string;
  /** Parameters that would have had another value. */
  readonly changed: readonly ParameterReference[];
}

/** What proposed parameters would have changed in the history that is on record. */
export interface SimulationReport {
  /** Events that were replayed. */
  readonly events: number;
  /** Log position of the last of them, -1 when there was none. */
  readonly upTo: bigint;
  readonly people: number;
  /** People's months that were recomputed. */
  readonly months: number;
  /** Declarations whose parameters the law in force has otherwise now: part of the effect is no proposal's. */
  readonly underOtherLaw: number;
  readonly contributions: readonly ({ readonly fund: Fund; readonly month: Month } & Effect)[];
  readonly kinds: readonly KindEffect[];
  /** By what people pay themselves. */
  readonly payers: WinnersAndLosers;
  /** By what employers pay. */
  readonly employers: WinnersAndLosers;
  /** By the balances of personal accounts, with the interest that was posted. */
  readonly accounts: WinnersAndLosers;
  readonly person?: { readonly personId: string; readonly account: Effect; readonly months: readonly ExplainedMonth[] };
  /** What proposed parameters would also have changed, and is not computed. */
  readonly notSimulated: readonly string[];
}

export const NOT_SIMULATED = [
  'late fees and arrears: money is taken to have come for what would have been due, on the days on which it came',
  'benefits, which the ledger does not pay yet',
] as const;
