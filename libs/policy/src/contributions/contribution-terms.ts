import {
  type BusinessDate,
  DomainError,
  firstDayOf,
  type Money,
  type Month,
  type Payer,
  Rate,
  type Scheme,
} from '@provident/kernel';
import type { PolicyBook } from '../book/policy-book.js';
import { type ParameterReference, type PolicyValue, referenceTo } from '../book/policy-value.js';
import { field, moneyOf, rateOf, textOf } from '../book/read-value.js';

export type BaseRounding = 'fen-half-up' | 'yuan-half-up';

/** Smallest and largest monthly contribution base. */
export interface Bounds {
  readonly floor: Money;
  readonly ceiling: Money;
}

/** One rate of the month: who pays what share of the base, within which bounds. */
export interface ContributionLine extends Bounds {
  readonly scheme: Scheme;
  readonly payer: Payer;
  readonly rate: Rate;
}

/** Everything that assesses one employer's month. Looked up once per employer and month, then used for every person. */
export interface ContributionTerms {
  readonly area: string;
  readonly month: Month;
  readonly baseRounding: BaseRounding;
  /** The area's general bounds; a line has bounds of its own where the area prints them per scheme. */
  readonly bounds: Bounds;
  readonly lines: readonly ContributionLine[];
  /** Every parameter that was used. */
  readonly parameters: readonly ParameterReference[];
}

export interface TermsQuery {
  readonly area: string;
  readonly month: Month;
  /** Risk class of the employer's industry, 1 to 8 (人社部发〔2015〕71号). */
  readonly riskClass: number;
  readonly knownAt?: BusinessDate;
}

/** The rates of employed people in the order of the lines (社会保险法 第12, 23, 35, 44, 53条). */
const RATES = [
  { scheme: 'pension', payer: 'employer', id: 'pension.employer' },
  { scheme: 'pension', payer: 'employee', id: 'pension.employee' },
  { scheme: 'medical', payer: 'employer', id: 'medical.employer' },
  { scheme: 'medical', payer: 'employee', id: 'medical.employee' },
  { scheme: 'maternity', payer: 'employer', id: 'maternity.employer' },
  { scheme: 'unemployment', payer: 'employer', id: 'unemployment.employer' },
  { scheme: 'unemployment', payer: 'employee', id: 'unemployment.employee' },
  { scheme: 'work-injury', payer: 'employer', id: 'work_injury.employer' },
] as const;

/**
 * The terms in force on the first day of a month. Maternity has no line of its own where its rate is zero, that is
 * where it is collected inside the medical contribution (国办发〔2019〕10号).
 *
 * Throws `parameter-missing` for whatever is not stored, and `risk-class-unknown`.
 */
export function contributionTerms(book: PolicyBook, query: TermsQuery): ContributionTerms {
  const { area, month, riskClass, knownAt } = query;
  if (!Number.isInteger(riskClass) || riskClass < 1 || riskClass > 8) throw riskClassUnknown(riskClass);
  const day = firstDayOf(month);
  const used = new Map<PolicyValue, ParameterReference>();
  const take = (id: string): PolicyValue => keep(book.parameter(id, area, day, knownAt));
  const keep = (value: PolicyValue): PolicyValue => {
    if (!used.has(value)) used.set(value, referenceTo(value));
    return value;
  };
  /** Bounds printed for one scheme win over the area's general ones. */
  const boundOf = (side: 'floor' | 'ceiling', scheme: Scheme): Money => {
    const group = scheme === 'maternity' ? 'medical' : scheme;
    const id = `base.${side}.${group}`;
    const own = book.definitions.has(id) ? book.find(id, area, day, knownAt) : undefined;
    return moneyOf(own === undefined ? take(`base.${side}`) : keep(own));
  };

  const lines = RATES.flatMap(({ scheme, payer, id }) => {
    const value = take(id);
    const rate = scheme === 'work-injury' ? Rate.of(field(value, riskClass)) : rateOf(value);
    if (scheme === 'maternity' && rate.units === 0n) return [];
    return [{ scheme, payer, rate, floor: boundOf('floor', scheme), ceiling: boundOf('ceiling', scheme) }];
  });
  const [first] = lines as [ContributionLine];
  const bounds = generalBounds(book, area, day, knownAt) ?? { floor: first.floor, ceiling: first.ceiling };
  const baseRounding = textOf(take('base.rounding')) as BaseRounding;
  return { area, month, baseRounding, bounds, lines, parameters: [...used.values()] };
}

function generalBounds(
  book: PolicyBook,
  area: string,
  day: BusinessDate,
  knownAt: BusinessDate | undefined,
): Bounds | undefined {
  const floor = book.find('base.floor', area, day, knownAt);
  const ceiling = book.find('base.ceiling', area, day, knownAt);
  if (floor === undefined || ceiling === undefined) return undefined;
  return { floor: moneyOf(floor), ceiling: moneyOf(ceiling) };
}

function riskClassUnknown(riskClass: number): DomainError {
  return new DomainError(
    'risk-class-unknown',
    `${riskClass} is not a risk class.`,
    'Industries have risk classes 1 to 8 (人社部发〔2015〕71号).',
    'Give the class of the employer, for example 1 for software or trade.',
    { riskClass },
  );
}
