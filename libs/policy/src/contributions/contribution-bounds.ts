import { type Money } from '@provident/kernel';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, exactlyOneOf, fields, Ratio } from '../calculation/input-fields.js';
import { Type } from '@sinclair/typebox';
import { amount, ratio } from '../calculation/read-input.js';

const Inputs = fields(
  {
    averageMonthlyWage: Amount,
    floorAverageMonthlyWage: Type.Optional(Amount),
    floorRatio: Type.Optional(Ratio),
    publishedFloor: Type.Optional(Amount),
    ceilingRatio: Ratio,
  },
  {
    ...exactlyOneOf(['floorRatio'], ['publishedFloor']),
    dependentRequired: { floorAverageMonthlyWage: ['floorRatio'] },
  },
);

/** A bound is the average wage times its ratio, rounded half up to 1 yuan. */
export function contributionBound(averageMonthlyWage: Money, share: Fraction): Money {
  return Fraction.ofMoney(averageMonthlyWage).times(share).toMoney('yuan-half-up');
}

/** Floor and ceiling of the contribution base. A published floor stands as it is: a local floor is data, not a formula. */
export const contributionBoundsFormula = defineFormula({
  name: 'contribution-bounds',
  title: { en: 'Contribution base bounds', zh: '缴费基数上下限' },
  law: '国办发〔2019〕13号 三',
  inputs: Inputs,
  supplied: { averageMonthlyWage: 'wage.average', floorRatio: 'base.floor_ratio', ceilingRatio: 'base.ceiling_ratio' },
  replacedBy: { floorRatio: ['publishedFloor'] },
  compute: (inputs, _law, note) => {
    const wage = amount(inputs.averageMonthlyWage);
    const floorWage = amount(inputs.floorAverageMonthlyWage ?? inputs.averageMonthlyWage);
    const { publishedFloor, floorRatio = '0', ceilingRatio } = inputs;
    const floor =
      publishedFloor === undefined ? contributionBound(floorWage, ratio(floorRatio)) : amount(publishedFloor);
    const ceiling = contributionBound(wage, ratio(ceilingRatio));
    note(() =>
      publishedFloor === undefined
        ? step(
            'floor',
            { en: 'Floor = average monthly wage × floor ratio', zh: '下限 = 月平均工资 × 下限比例' },
            `${floorWage.toString()} × ${floorRatio}`,
            floor,
            'yuan-half-up',
          )
        : step('floor', { en: 'The published floor stands as it is', zh: '下限按公布数执行' }, '', floor),
    );
    note(() =>
      step(
        'ceiling',
        { en: 'Ceiling = average monthly wage × ceiling ratio', zh: '上限 = 月平均工资 × 上限比例' },
        `${wage.toString()} × ${ceilingRatio}`,
        ceiling,
        'yuan-half-up',
      ),
    );
    return { floor, ceiling };
  },
});
