import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, choice, Count, fields } from '../calculation/input-fields.js';
import { ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields({
  averageMonthlyWage: Amount,
  days: Count,
  dayDivisor: choice(['30', '30.4'], 'days of a month, local'),
});

/** Maternity allowance on the employer's average monthly wage of the year before; exact, rounded once. */
export const maternityAllowanceFormula = defineFormula({
  name: 'maternity-allowance',
  title: { en: 'Maternity allowance', zh: '生育津贴' },
  law: '社会保险法 第56条; 女职工劳动保护特别规定 第8条',
  inputs: Inputs,
  compute: ({ averageMonthlyWage, days, dayDivisor }, _law, note) => {
    const allowance = yuan(averageMonthlyWage).times(days).over(ratio(dayDivisor)).toMoney('fen-half-up');
    note(() =>
      step(
        'allowance',
        {
          en: 'Allowance = average monthly wage ÷ days of a month × days of leave',
          zh: '生育津贴 = 单位上年度职工月平均工资 ÷ 月天数 × 产假天数',
        },
        `${averageMonthlyWage} ÷ ${dayDivisor} × ${days}`,
        allowance,
        'fen-half-up',
      ),
    );
    return { allowance };
  },
});
