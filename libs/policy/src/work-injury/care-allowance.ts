import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, choice, fields } from '../calculation/input-fields.js';
import { ratio as ratioOf, yuan } from '../calculation/read-input.js';

const Inputs = fields({
  careLevel: choice(['full', 'most', 'partial'], '完全, 大部分, 部分不能自理'),
  averageMonthlyWage: Amount,
});

/** Monthly care allowance: a share of the pooling area's average wage of the year before. */
export const careAllowanceFormula = defineFormula({
  name: 'work-injury-care-allowance',
  title: { en: 'Monthly care allowance', zh: '生活护理费' },
  law: '工伤保险条例 第34条',
  inputs: Inputs,
  supplied: { averageMonthlyWage: 'wage.average' },
  compute: ({ careLevel, averageMonthlyWage }, law, note) => {
    const table = law.take('wi.care_ratio');
    const ratio = field(table, careLevel);
    const allowance = yuan(averageMonthlyWage).times(ratioOf(ratio)).toMoney('fen-half-up');
    note(() =>
      step(
        'allowance',
        {
          en: `Allowance = average monthly wage × ratio (${careLevel})`,
          zh: '生活护理费 = 统筹地区上年度职工月平均工资 × 比例',
        },
        `${averageMonthlyWage} × ${ratio}`,
        allowance,
        'fen-half-up',
        table,
      ),
    );
    return { ratio, allowance };
  },
});
