import { type Static, Type } from '@sinclair/typebox';
import type { PolicyValue } from '../book/policy-value.js';
import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { choice, Count, countFrom, fields } from '../calculation/input-fields.js';

const Birth = fields({
  event: Type.Literal('birth'),
  difficultBirth: Type.Boolean({ examples: [false] }),
  babies: countFrom(1),
  awardDays: Count,
});
const Miscarriage = fields({
  event: choice(['miscarriage-under-4-months', 'miscarriage-4-months-plus']),
  awardDays: Count,
});

type Inputs = Static<typeof Birth> | Static<typeof Miscarriage>;
const Inputs = Type.Unsafe<Inputs>({
  type: 'object',
  required: ['event'],
  discriminator: { propertyName: 'event' },
  oneOf: [Birth, Miscarriage],
  examples: ['birth'],
});

/** Days of 女职工劳动保护特别规定 第7条, without the province's extra days. */
export function statutoryLeaveDays(inputs: Inputs, days: PolicyValue): number {
  const of = (name: string) => Number(field(days, name));
  switch (inputs.event) {
    case 'birth':
      return (
        of('normal') + (inputs.difficultBirth ? of('difficultBirth') : 0) + (inputs.babies - 1) * of('eachFurtherBaby')
      );
    case 'miscarriage-under-4-months':
      return of('miscarriageUnder4Months');
    case 'miscarriage-4-months-plus':
      return of('miscarriage4MonthsPlus');
  }
}

/** Maternity leave: statutory days and the province's award days. */
export const maternityLeaveDaysFormula = defineFormula({
  name: 'maternity-leave-days',
  title: { en: 'Maternity leave days', zh: '产假天数' },
  law: '女职工劳动保护特别规定 第7条',
  inputs: Inputs,
  compute: (inputs, law, note) => {
    const table = law.take('mat.leave_days');
    const statutoryDays = statutoryLeaveDays(inputs, table);
    note(() =>
      step(
        'statutoryDays',
        inputs.event === 'birth'
          ? {
              en: `Birth, plus a difficult birth (${inputs.difficultBirth ? 'yes' : 'no'}), plus each baby beyond the first (${inputs.babies - 1})`,
              zh: `生育，加难产(${inputs.difficultBirth ? '是' : '否'})，加多胎每多1个婴儿(${inputs.babies - 1})`,
            }
          : { en: `Leave for ${inputs.event.replaceAll('-', ' ')}`, zh: '流产假' },
        '',
        statutoryDays,
        table,
      ),
    );
    const days = statutoryDays + inputs.awardDays;
    note(() =>
      step(
        'days',
        { en: 'Days = statutory days + award days of the province', zh: '产假天数 = 法定天数 + 奖励假' },
        `${statutoryDays} + ${inputs.awardDays}`,
        days,
      ),
    );
    return { statutoryDays, days };
  },
});
