import { DomainError, Money, type Rate } from '@provident/kernel';
import { divideHalfUp } from '../calculation/fraction.js';

/** Money that entered or left the account in a month of the year (1 to 12). */
export interface AccountEntry {
  readonly month: number;
  readonly amount: Money;
}

export interface MonthProductInputs {
  readonly method: 'month-product';
  readonly openingBalance: Money;
  /** The year's record rate (记账利率), as whole numbers units / scale. */
  readonly rate: Pick<Rate, 'units' | 'scale'>;
  readonly credits: readonly AccountEntry[];
  readonly debits?: readonly AccountEntry[] | undefined;
  /** Last month of interest: 12 at year end (default), the retirement month when the account is settled there. */
  readonly throughMonth?: number | undefined;
}

export interface AccountInterest {
  readonly openingInterest: Money;
  readonly creditInterest: Money;
  readonly debitInterest: Money;
  readonly interest: Money;
  readonly closingBalance: Money;
}

/**
 * A year's interest by the month-product method (月积数法, 劳办发〔1997〕116号 附件): an entry earns from its own month to the
 * last month of interest, both counted. The three parts are each rounded half up to the fen.
 *
 * Throws `entry-after-closing-month`.
 */
export function accountInterest(inputs: MonthProductInputs): AccountInterest {
  const { openingBalance, rate, credits, debits = [], throughMonth = 12 } = inputs;
  const interestOn = (fenMonths: bigint): Money =>
    Money.fromFen(divideHalfUp(fenMonths * rate.units, rate.scale * 12n));
  const openingInterest = interestOn(openingBalance.fen * BigInt(throughMonth));
  const creditInterest = interestOn(monthProduct(credits, throughMonth));
  const debitInterest = interestOn(monthProduct(debits, throughMonth));
  const interest = openingInterest.plus(creditInterest).minus(debitInterest);
  const closingBalance = openingBalance.plus(total(credits)).minus(total(debits)).plus(interest);
  return { openingInterest, creditInterest, debitInterest, interest, closingBalance };
}

/** Sum of amount × months of interest (月积数), in fen-months. */
export function monthProduct(entries: readonly AccountEntry[], throughMonth: number): bigint {
  let sum = 0n;
  for (const { month, amount } of entries) {
    if (month > throughMonth) throw entryAfterClosing(month, throughMonth);
    sum += amount.fen * BigInt(throughMonth - month + 1);
  }
  return sum;
}

function total(entries: readonly AccountEntry[]): Money {
  return Money.sum(entries.map(({ amount }) => amount));
}

function entryAfterClosing(month: number, throughMonth: number): DomainError {
  return new DomainError(
    'entry-after-closing-month',
    `An entry of month ${month} lies after the closing month ${throughMonth}.`,
    'Interest runs to the closing month; a later entry belongs to another settlement (劳办发〔1997〕116号 附件).',
    `Give entries up to month ${throughMonth}, or close in a later month.`,
    { month, throughMonth },
  );
}
