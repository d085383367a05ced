import type { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { type Note, silent, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, countFrom, exactlyOneOf, fields } from '../calculation/input-fields.js';
import { amount } from '../calculation/read-input.js';
import { boundedBase, type ContributionBase, refuseReversedBounds } from './contribution-due.js';
import type { BaseRounding } from './contribution-terms.js';

const Inputs = fields(
  {
    declaredMonthlyWage: Type.Optional(Amount),
    previousYearTotalWage: Type.Optional(Amount),
    monthsWorked: Type.Optional(countFrom(1, 12)),
    floor: Amount,
    ceiling: Amount,
    baseRounding: choice(['fen-half-up', 'yuan-half-up']),
  },
  {
    ...exactlyOneOf(['declaredMonthlyWage'], ['previousYearTotalWage', 'monthsWorked']),
    dependentRequired: { monthsWorked: ['previousYearTotalWage'], previousYearTotalWage: ['monthsWorked'] },
  },
);

/** The wage of a month, or a year's wage over the months worked in it. */
export type WageBasis = { readonly monthly: Money } | { readonly yearly: Money; readonly monthsWorked: number };

export interface ContributionBaseInputs {
  readonly wage: WageBasis;
  readonly floor: Money;
  readonly ceiling: Money;
  readonly baseRounding: BaseRounding;
}

/**
 * A person's contribution base: the wage, rounded, moved into the bounds (国办发〔2019〕13号 三; 社会保险法 第12条).
 * Throws `bounds-reversed`.
 */
export function contributionBase(inputs: ContributionBaseInputs, note: Note = silent): ContributionBase {
  const { wage, floor, ceiling, baseRounding } = inputs;
  refuseReversedBounds(floor, ceiling);
  const monthly =
    'monthly' in wage
      ? wage.monthly.rounded(baseRounding)
      : Fraction.ofMoney(wage.yearly).over(wage.monthsWorked).toMoney(baseRounding);
  const result = boundedBase(monthly, baseRounding, floor, ceiling);
  note(() =>
    step(
      'wage',
      'monthly' in wage
        ? { en: 'Wage = declared monthly wage', zh: '月工资 = 申报月工资' }
        : { en: "Wage = previous year's wage ÷ months worked", zh: '月工资 = 上年度工资总额 ÷ 工作月数' },
      'monthly' in wage ? wage.monthly.toString() : `${wage.yearly.toString()} ÷ ${wage.monthsWorked}`,
      monthly,
      baseRounding,
    ),
  );
  note(() =>
    step(
      'base',
      {
        en: `Base = wage kept within floor and ceiling (${result.bound === 'none' ? 'not moved' : `moved to the ${result.bound}`})`,
        zh: `缴费基数 = 月工资限于上下限之内（${{ none: '未调整', floor: '按下限', ceiling: '按上限' }[result.bound]}）`,
      },
      `min(max(${monthly.toString()}, ${floor.toString()}), ${ceiling.toString()})`,
      result.base,
    ),
  );
  return result;
}

export const contributionBaseFormula = defineFormula({
  name: 'contribution-base',
  title: { en: 'Contribution base of a person', zh: '缴费基数' },
  law: '国办发〔2019〕13号 三; 社会保险法 第12条',
  inputs: Inputs,
  refusals: ['bounds-reversed'],
  supplied: { floor: 'base.floor', ceiling: 'base.ceiling', baseRounding: 'base.rounding' },
  compute: ({ declaredMonthlyWage, previousYearTotalWage, monthsWorked = 12, ...rest }, _law, note) => {
    const wage: WageBasis =
      declaredMonthlyWage === undefined
        ? { yearly: amount(previousYearTotalWage ?? '0.00'), monthsWorked }
        : { monthly: amount(declaredMonthlyWage) };
    const bounds = { floor: amount(rest.floor), ceiling: amount(rest.ceiling) };
    return { ...contributionBase({ wage, ...bounds, baseRounding: rest.baseRounding }, note) };
  },
});
