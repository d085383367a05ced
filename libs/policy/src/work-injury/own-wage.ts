import type { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { field } from '../book/read-value.js';
import { type Note, step } from '../calculation/explanation.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, countFrom } from '../calculation/input-fields.js';
import type { Law } from '../calculation/law.js';
import { amount, ratio } from '../calculation/read-input.js';

export const Grade = countFrom(1, 10);

/** Inputs of every benefit that rests on the own wage (本人工资). */
export const OwnWageFields = {
  monthlyWage: Amount,
  averageMonthlyWage: Type.Optional(Amount),
};

/**
 * The own wage of work injury (工伤保险条例 第64条): the average contribution wage of the 12 months before, kept within 60 %
 * and 300 % of the area's average wage when that is given.
 */
export function ownWage(monthlyWage: string, averageMonthlyWage: string | undefined, law: Law, note: Note): Money {
  const wage = amount(monthlyWage);
  if (averageMonthlyWage === undefined) return wage;
  const limits = law.take('wi.own_wage');
  const average = Fraction.ofMoney(amount(averageMonthlyWage));
  const floor = average.times(ratio(field(limits, 'floor')));
  const ceiling = average.times(ratio(field(limits, 'ceiling')));
  const kept = Fraction.min(Fraction.max(Fraction.ofMoney(wage), floor), ceiling).toMoney('fen-half-up');
  note(() =>
    step(
      'wageBase',
      { en: 'Own wage kept within 60 % and 300 % of the average wage', zh: '本人工资限于平均工资的60%至300%' },
      `min(max(${monthlyWage}, ${floor.toString()}), ${ceiling.toString()})`,
      kept,
      'fen-half-up',
      limits,
    ),
  );
  return kept;
}
