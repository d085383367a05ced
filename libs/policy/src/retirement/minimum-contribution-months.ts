import type { PolicyValue } from '../book/policy-value.js';
import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { countFrom, fields } from '../calculation/input-fields.js';

const Inputs = fields({ retirementYear: countFrom(1990, 2100) });

/** 180 months, and from 2030 six more each year up to 240 (国务院办法 第2条, 附件4). */
export function minimumContributionMonths(retirementYear: number, schedule: PolicyValue): number {
  const [base, lastYear, yearly, most] = ['months', 'untilYear', 'yearlyIncrease', 'cap'].map((name) =>
    Number(field(schedule, name)),
  ) as [number, number, number, number];
  return Math.min(most, base + Math.max(0, retirementYear - lastYear) * yearly);
}

export const minimumContributionMonthsFormula = defineFormula({
  name: 'minimum-contribution-months',
  title: { en: 'Minimum contribution months', zh: '最低缴费年限' },
  law: '国务院关于渐进式延迟法定退休年龄的办法 第2条, 附件4',
  inputs: Inputs,
  compute: ({ retirementYear }, law, note) => {
    const schedule = law.take('pension.minimum_months');
    const months = minimumContributionMonths(retirementYear, schedule);
    note(() =>
      step(
        'months',
        {
          en: '180 months for retirement up to 2029, then 6 months more each year, at most 240',
          zh: '2029年及以前退休为180个月，此后每年增加6个月，最多240个月',
        },
        `min(${field(schedule, 'cap')}, ${field(schedule, 'months')} + max(0, ${retirementYear} − ${field(schedule, 'untilYear')}) × ${field(schedule, 'yearlyIncrease')})`,
        months,
        schedule,
      ),
    );
    return { months };
  },
});
