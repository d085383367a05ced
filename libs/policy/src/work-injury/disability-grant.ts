import { Money } from '@provident/kernel';
import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { fields } from '../calculation/input-fields.js';
import { Grade, OwnWageFields, ownWage } from './own-wage.js';

const Inputs = fields({ grade: Grade, ...OwnWageFields });

/** One-off disability grant: so many months of the own wage by grade, paid by the fund. */
export const disabilityGrantFormula = defineFormula({
  name: 'work-injury-disability-grant',
  title: { en: 'One-off disability grant', zh: '一次性伤残补助金' },
  law: '工伤保险条例 第35-37, 64条',
  inputs: Inputs,
  compute: ({ grade, monthlyWage, averageMonthlyWage }, law, note) => {
    const table = law.take('wi.disability_lump_sum_months');
    const months = Number(field(table, grade));
    const wageBase = ownWage(monthlyWage, averageMonthlyWage, law, note);
    const grant = Money.fromFen(wageBase.fen * BigInt(months));
    note(() =>
      step(
        'grant',
        { en: `Grant = own wage × months of grade ${grade}`, zh: `补助金 = 本人工资 × ${grade}级月数` },
        `${wageBase.toString()} × ${months}`,
        grant,
        'fen-half-up',
        table,
      ),
    );
    return { months, wageBase, grant };
  },
});
