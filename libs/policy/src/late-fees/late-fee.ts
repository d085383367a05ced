import { Money } from '@provident/kernel';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, Count, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio } from '../calculation/read-input.js';

export const LateFeeCap = choice(
  ['none', 'principal'],
  'principal: the fee never exceeds it (contested local practice)',
);
export type LateFeeCap = 'none' | 'principal';

const Inputs = fields({ principal: Amount, dailyRate: Ratio, days: Count, cap: LateFeeCap });

/** Simple interest by the day, rounded half up to the fen once. */
export function lateFee(principal: Money, dailyRate: Fraction, days: number): Money {
  return Fraction.ofMoney(principal).times(dailyRate).times(days).toMoney('fen-half-up');
}

/** Cuts a fee to the principal where local practice does so (行政强制法 第45条). */
export function capped(fee: Money, principal: Money, cap: LateFeeCap, note: Note): Money {
  if (cap === 'none') return fee;
  const cut = Money.min(fee, principal);
  note(() =>
    step(
      'fee',
      { en: 'The fee does not exceed the principal', zh: '滞纳金不超过欠缴本金' },
      `min(${fee.toString()}, ${principal.toString()})`,
      cut,
    ),
  );
  return cut;
}

/** Late fee for a number of days: 0.05 % a day from 2011-07-01, 2 per mille before. */
export const lateFeeFormula = defineFormula({
  name: 'late-fee',
  title: { en: 'Late fee for a number of days', zh: '滞纳金' },
  law: '社会保险法 第86条; 社会保险费征缴暂行条例 第13条; 行政强制法 第45条',
  inputs: Inputs,
  supplied: { dailyRate: 'late_fee.daily_rate' },
  compute: ({ principal, dailyRate, days, cap }, _law, note) => {
    const fee = lateFee(amount(principal), ratio(dailyRate), days);
    note(() =>
      step(
        'fee',
        { en: 'Late fee = principal × daily rate × days', zh: '滞纳金 = 欠缴本金 × 日加收率 × 天数' },
        `${principal} × ${dailyRate} × ${days}`,
        fee,
        'fen-half-up',
      ),
    );
    return { fee: capped(fee, amount(principal), cap, note) };
  },
});
