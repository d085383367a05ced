import { type Static, Type } from '@sinclair/typebox';
import type { PolicyValue } from '../book/policy-value.js';
import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Count, fields } from '../calculation/input-fields.js';

const InService = fields({ status: Type.Literal('in-service'), contributionMonths: Count });
const Retired = fields({ status: Type.Literal('retired'), contributionMonths: Count, pensionMonthsDrawn: Count });

const Inputs = Type.Unsafe<Static<typeof InService> | Static<typeof Retired>>({
  type: 'object',
  required: ['status'],
  discriminator: { propertyName: 'status' },
  oneOf: [InService, Retired],
  examples: ['in-service'],
});

/** Months of the grant by length of contributions, counted to the month: 3, 6, 9, then one more per year up to 24. */
export function grantMonthsInService(contributionMonths: number, rule: PolicyValue): Fraction {
  const of = (name: string) => Fraction.of(field(rule, name));
  if (contributionMonths < 60) return of('below5Years');
  if (contributionMonths < 120) return of('from5Years');
  const beyond = Fraction.of(Math.max(0, contributionMonths - 180)).over(12);
  return Fraction.min(of('max'), of('from10Years').plus(beyond));
}

/** Months of the survivors' grant; a pensioner's grant shrinks by the time the pension was drawn, not below 9. */
export const survivorsGrantMonthsFormula = defineFormula({
  name: 'survivors-grant-months',
  title: { en: "Months of the survivors' grant", zh: '抚恤金发放月数' },
  law: '人社部发〔2021〕18号',
  inputs: Inputs,
  compute: (inputs, law, note) => {
    const rule = law.take('surv.grant_months');
    const earned = grantMonthsInService(inputs.contributionMonths, rule);
    note(() =>
      step(
        'earnedMonths',
        {
          en: 'Under 5 years 3 months, 5 to under 10 years 6, 10 to 15 years 9, then 9 + (months − 180) ÷ 12, at most 24',
          zh: '不满5年3个月，满5年不满10年6个月，满10年不超过15年9个月，15年以上9 + (缴费月数 − 180) ÷ 12，最多24个月',
        },
        `${inputs.contributionMonths}`,
        earned,
        rule,
      ),
    );
    const least = Fraction.of(field(rule, 'retiredMin'));
    const exact =
      inputs.status === 'in-service'
        ? earned
        : Fraction.max(least, earned.minus(Fraction.of(inputs.pensionMonthsDrawn).over(12)));
    const grantMonths = exact.rounded(2, 'half-up').toFixed(2);
    note(() =>
      inputs.status === 'in-service'
        ? step(
            'grantMonths',
            { en: 'In service: these months', zh: '在职人员：按上述月数' },
            earned.toString(),
            grantMonths,
            'half-up-2',
          )
        : step(
            'grantMonths',
            { en: 'Retired: minus months drawn ÷ 12, at least 9', zh: '退休人员：减去已领取月数 ÷ 12，最低9个月' },
            `max(${least.toString()}, ${earned.toString()} − ${inputs.pensionMonthsDrawn} ÷ 12)`,
            grantMonths,
            'half-up-2',
          ),
    );
    return { grantMonths };
  },
});
