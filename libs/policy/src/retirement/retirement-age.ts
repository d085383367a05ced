import { field, textOf } from '../book/read-value.js';
import { legalBasisText, type PolicyValue } from '../book/policy-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { choice, fields, MonthText } from '../calculation/input-fields.js';
import { inputError } from '../calculation/input-error.js';
import type { Law } from '../calculation/law.js';
import { monthIndex, monthText } from '../calculation/plain-date.js';
import { refusal } from '../calculation/refusal.js';

export const RETIREMENT_GROUPS = ['male-60', 'female-55', 'female-50'] as const;
export type RetirementGroup = (typeof RETIREMENT_GROUPS)[number];

const Inputs = fields({ group: choice(RETIREMENT_GROUPS, 'by retirement age before 2025'), birthMonth: MonthText });
const LAST_MONTH = monthIndex('9999-12');

/** The reform's schedule for one group. */
export interface DelaySchedule {
  readonly originalYears: number;
  readonly firstAffected: number;
  readonly step: number;
  readonly cap: number;
}

export function delaySchedule(value: PolicyValue): DelaySchedule {
  return {
    originalYears: Number(field(value, 'originalYears')),
    firstAffected: monthIndex(field(value, 'firstBirthMonth')),
    step: Number(field(value, 'step')),
    cap: Number(field(value, 'cap')),
  };
}

/** Months by which retirement is delayed for somebody born in this month (index of months). */
export function delayMonths(birth: number, schedule: DelaySchedule): number {
  const since = birth - schedule.firstAffected;
  return since < 0 ? 0 : Math.min(Math.floor(since / schedule.step) + 1, schedule.cap);
}

/** The groups as the rules before the reform name them. */
const BEFORE_REFORM = { 'male-60': 'male', 'female-55': 'femaleCadre', 'female-50': 'femaleWorker' } as const;

/** The schedule counts from 2025. On an earlier day the old ages were the law, which this formula does not calculate. */
function refuseBeforeReform(group: RetirementGroup, law: Law): void {
  const { on } = law;
  if (on === undefined || law.has(`retirement.${group}`, on) || !law.has('retirement.before_2025', on)) return;
  const old = law.take('retirement.before_2025');
  const age = field(old, BEFORE_REFORM[group]);
  throw refusal(
    'retirement-age-before-reform',
    `On ${on} the gradual delay was not yet in force: ${group} retired at ${age} years (${legalBasisText(old.basis)}).`,
    'The delay counts from 2025-01-01 (全国人大常委会关于实施渐进式延迟法定退休年龄的决定, 2024-09-13).',
    `Leave the day out, or name one from 2025-01-01; before it the retirement month is the birth month plus ${age} years.`,
  );
}

/** Statutory retirement month under the gradual delay from 2025, and the elastic limits around it. */
export const retirementAgeFormula = defineFormula({
  name: 'retirement-age',
  title: { en: 'Statutory retirement month', zh: '渐进式延迟法定退休年龄' },
  law: '全国人大常委会关于实施渐进式延迟法定退休年龄的决定 (2024-09-13); 国务院办法 第1, 3条',
  inputs: Inputs,
  refusals: ['retirement-age-before-reform'],
  compute: ({ group, birthMonth }, law, note) => {
    refuseBeforeReform(group, law);
    const value = law.take(`retirement.${group}`);
    const schedule = delaySchedule(value);
    const birth = monthIndex(birthMonth);
    const delay = delayMonths(birth, schedule);
    const age = schedule.originalYears * 12 + delay;
    const retirement = birth + age;
    const elastic = law.take('retirement.elastic');
    const margin = Number(textOf(elastic));
    if (retirement + margin > LAST_MONTH) throw inputError('birthMonth', 'lies too far in the future', '"1976-09"');
    const affected = birth >= schedule.firstAffected;
    note(() =>
      step(
        'delayMonths',
        affected
          ? {
              en: 'Delay = one month for every step of birth months since the first affected, up to the cap',
              zh: '延迟月数 = 每满一档出生月份延迟1个月，至上限为止',
            }
          : { en: 'Born before the first affected month: no delay', zh: '早于首个受影响出生月份，不延迟' },
        affected ? `min(⌊${birth - schedule.firstAffected} ÷ ${schedule.step}⌋ + 1, ${schedule.cap})` : '',
        delay,
        value,
      ),
    );
    note(() =>
      step(
        'retirementMonth',
        {
          en: 'Retirement month = birth month + original age + delay',
          zh: '退休年月 = 出生年月 + 原退休年龄 + 延迟月数',
        },
        `${birthMonth} + ${schedule.originalYears} × 12 + ${delay}`,
        monthText(retirement),
      ),
    );
    const result = {
      delayMonths: delay,
      ageYears: Math.floor(age / 12),
      ageMonths: age % 12,
      retirementMonth: monthText(retirement),
    };
    if (!affected) return result;
    const earliest = Math.max(birth + schedule.originalYears * 12, retirement - margin);
    note(() =>
      step(
        'earliestMonth',
        {
          en: 'Earliest = the later of original age and 36 months before',
          zh: '最早 = 提前36个月，且不早于原法定退休年龄',
        },
        `max(${monthText(birth + schedule.originalYears * 12)}, ${monthText(retirement - margin)})`,
        monthText(earliest),
        elastic,
      ),
    );
    note(() =>
      step(
        'latestMonth',
        { en: 'Latest = 36 months after', zh: '最迟 = 延后36个月' },
        `${monthText(retirement)} + ${margin}`,
        monthText(retirement + margin),
        elastic,
      ),
    );
    return { ...result, earliestMonth: monthText(earliest), latestMonth: monthText(retirement + margin) };
  },
});
