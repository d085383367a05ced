import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import type { PolicyValue } from '../book/policy-value.js';
import { fieldsOf, textOf } from '../book/read-value.js';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, choice, Count, fields } from '../calculation/input-fields.js';
import type { Law } from '../calculation/law.js';
import { amount } from '../calculation/read-input.js';
import { refusal } from '../calculation/refusal.js';

const present = (name: string) => ({ required: [name] });

const Inputs = fields(
  {
    contributionMonths: Count,
    durationRule: choice(['statutory-cap', 'first-year-plus-yearly', 'full-year-then-half-year']),
    firstYearMonths: Type.Optional(Count),
    monthsPerFurtherYear: Type.Optional(Count),
    unclaimedMonths: Type.Optional(Count),
    monthlyBenefit: Type.Optional(Amount),
  },
  {
    description:
      'firstYearMonths and monthsPerFurtherYear belong to the durationRule first-year-plus-yearly, and only to it',
    if: { properties: { durationRule: { const: 'first-year-plus-yearly' } } },
    then: { required: ['firstYearMonths', 'monthsPerFurtherYear'] },
    else: { not: { anyOf: [present('firstYearMonths'), present('monthsPerFurtherYear')] } },
  },
);
type Inputs = Static<typeof Inputs>;

/** The cap by full years of contributions: 12, 18 or 24 months (社会保险法 第46条). */
export function statutoryCap(contributionMonths: number, caps: PolicyValue): number {
  const years = Math.floor(contributionMonths / 12);
  const steps = [...fieldsOf(caps)].map(([from, months]) => ({ from: Number(from), months: Number(months) }));
  return steps.filter(({ from }) => from <= years).reduce((most, { months }) => Math.max(most, months), 0);
}

/** Months that the area's own rule grants, before the cap. */
export function ruleMonths(inputs: Inputs, cap: number): number {
  const { contributionMonths, firstYearMonths = 0, monthsPerFurtherYear = 0 } = inputs;
  const years = Math.floor(contributionMonths / 12);
  switch (inputs.durationRule) {
    case 'statutory-cap':
      return cap;
    case 'first-year-plus-yearly':
      return firstYearMonths + (years - 1) * monthsPerFurtherYear;
    case 'full-year-then-half-year':
      return Math.min(years, 4) + Math.floor(Math.max(0, contributionMonths - 48) / 6);
  }
}

/** Months of unemployment benefit, and its total. Inside the statutory caps the provinces count in their own way. */
export const unemploymentBenefitFormula = defineFormula({
  name: 'unemployment-benefit',
  title: { en: 'Unemployment benefit months and amount', zh: '失业保险金' },
  law: '社会保险法 第45, 46条; e.g. 广东省失业保险条例 第17条',
  inputs: Inputs,
  refusals: ['contribution-below-one-year'],
  compute: (inputs, law, note) => {
    if (inputs.contributionMonths < 12) throw belowOneYear(inputs.contributionMonths);
    const months = grantedMonths(inputs, law, note);
    if (inputs.monthlyBenefit === undefined) return { months };
    const total = Money.fromFen(amount(inputs.monthlyBenefit).fen * BigInt(months));
    note(() =>
      step(
        'total',
        { en: 'Total = months × monthly benefit', zh: '总额 = 月数 × 月标准' },
        `${months} × ${inputs.monthlyBenefit ?? ''}`,
        total,
      ),
    );
    return { months, total };
  },
});

function grantedMonths(inputs: Inputs, law: Law, note: Note): number {
  const { unclaimedMonths } = inputs;
  const caps = law.take('ui.duration_cap_months');
  const cap = statutoryCap(inputs.contributionMonths, caps);
  const byRule = ruleMonths(inputs, cap);
  const own = Math.min(byRule, cap);
  note(() =>
    step(
      unclaimedMonths === undefined ? 'months' : 'ownMonths',
      {
        en: `Months by the rule ${inputs.durationRule}, within the statutory cap`,
        zh: '按当地规则计算的月数，不超过法定上限',
      },
      `min(${byRule}, ${cap})`,
      own,
      caps,
    ),
  );
  if (unclaimedMonths === undefined) return own;
  const most = law.take('ui.total_cap_months');
  const months = Math.min(own + unclaimedMonths, Number(textOf(most)));
  note(() =>
    step(
      'months',
      {
        en: 'Months = own + unclaimed months of the earlier spell, together at most 24',
        zh: '月数 = 本次 + 前次未领取月数，合计最长24个月',
      },
      `min(${own} + ${unclaimedMonths}, ${textOf(most)})`,
      months,
      most,
    ),
  );
  return months;
}

function belowOneYear(months: number) {
  return refusal(
    'contribution-below-one-year',
    `${months} months of contributions give no unemployment benefit.`,
    'Employer and employee must have paid for at least one year (社会保险法 第45条).',
    'Check whether months of another place have not been transferred yet.',
  );
}
