import type { Money } from '@provident/kernel';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio } from '../calculation/read-input.js';

const Inputs = fields({ previousMonthAmount: Amount, factor: Ratio });

/** What an employer owes that did not declare: last month's contributions × factor (110 %). */
export function defaultAssessment(previousMonthAmount: Money, factor: Fraction): Money {
  return Fraction.ofMoney(previousMonthAmount).times(factor).toMoney('fen-half-up');
}

export const defaultAssessmentFormula = defineFormula({
  name: 'default-assessment',
  title: { en: 'Assessment without declaration', zh: '未申报按上月110%核定' },
  law: '社会保险法 第62条; 社会保险费征缴暂行条例 第10条',
  inputs: Inputs,
  supplied: { factor: 'contribution.default_assessment' },
  compute: ({ previousMonthAmount, factor }, _law, note) => {
    const assessedAmount = defaultAssessment(amount(previousMonthAmount), ratio(factor));
    note(() =>
      step(
        'assessedAmount',
        { en: 'Assessed amount = contributions of the previous month × factor', zh: '核定额 = 上月缴费额 × 核定比例' },
        `${previousMonthAmount} × ${factor}`,
        assessedAmount,
        'fen-half-up',
      ),
    );
    return { assessedAmount };
  },
});
