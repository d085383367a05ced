import { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { field, fieldsOf } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, fields } from '../calculation/input-fields.js';
import { optionalAmount, ratio as ratioOf } from '../calculation/read-input.js';
import { refusal } from '../calculation/refusal.js';
import { Grade, OwnWageFields, ownWage } from './own-wage.js';

const Inputs = fields({ grade: Grade, ...OwnWageFields, minimumWage: Type.Optional(Amount) });

/** Grades 1 to 4 are paid by the fund, 5 and 6 by the employer. */
const LAST_GRADE_OF_FUND = 4;

/** Monthly disability allowance of grades 1 to 6, topped up to the local minimum wage. */
export const disabilityAllowanceFormula = defineFormula({
  name: 'work-injury-disability-allowance',
  title: { en: 'Monthly disability allowance', zh: '伤残津贴' },
  law: '工伤保险条例 第35, 36, 64条',
  inputs: Inputs,
  refusals: ['grade-not-entitled'],
  compute: ({ grade, monthlyWage, averageMonthlyWage, minimumWage }, law, note) => {
    const table = law.take('wi.disability_allowance_ratio');
    if (!fieldsOf(table).has(String(grade))) throw notEntitled(grade);
    const ratio = field(table, grade);
    const wageBase = ownWage(monthlyWage, averageMonthlyWage, law, note);
    const allowance = Fraction.ofMoney(wageBase).times(ratioOf(ratio)).toMoney('fen-half-up');
    const minimum = optionalAmount(minimumWage);
    const topUp = minimum === undefined ? Money.zero : Money.max(Money.zero, minimum.minus(allowance));
    const payer = grade <= LAST_GRADE_OF_FUND ? 'fund' : 'employer';
    note(() =>
      step(
        'allowance',
        { en: `Allowance = own wage × ratio of grade ${grade}`, zh: `伤残津贴 = 本人工资 × ${grade}级比例` },
        `${wageBase.toString()} × ${ratio}`,
        allowance,
        'fen-half-up',
        table,
      ),
    );
    note(() =>
      step(
        'topUp',
        minimum === undefined
          ? { en: 'No minimum wage given: no top-up', zh: '未提供最低工资标准，不补差' }
          : {
              en: `Top-up to the minimum wage, paid by the ${payer}`,
              zh: `低于最低工资的，由${payer === 'fund' ? '基金' : '用人单位'}补足差额`,
            },
        minimum === undefined ? '' : `max(0, ${minimum.toString()} − ${allowance.toString()})`,
        topUp,
      ),
    );
    const total = allowance.plus(topUp);
    note(() =>
      step(
        'total',
        { en: 'Total = allowance + top-up', zh: '合计 = 伤残津贴 + 补差' },
        `${allowance.toString()} + ${topUp.toString()}`,
        total,
      ),
    );
    return { ratio, wageBase, allowance, topUp, total, payer };
  },
});

function notEntitled(grade: number) {
  return refusal(
    'grade-not-entitled',
    `Grade ${grade} has no monthly disability allowance.`,
    'The allowance is for grades 1 to 6 (工伤保险条例 第35, 36条).',
    'Grades 7 to 10 have the one-off grant; check the appraisal of the grade.',
  );
}
