import { field, fieldsOf } from '../book/read-value.js';
import type { PolicyValue } from '../book/policy-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Count, countFrom, fields } from '../calculation/input-fields.js';
import { refusal } from '../calculation/refusal.js';

const Inputs = fields({ ageYears: Count, ageMonths: countFrom(0, 11) });

/** The table at whole ages, and a straight line between them rounded half up to 0.1. Throws `age-outside-table`. */
export function paymentMonths(ageYears: number, ageMonths: number, table: PolicyValue): Fraction {
  const ages = [...fieldsOf(table).keys()].map(Number);
  const [youngest, oldest] = [Math.min(...ages), Math.max(...ages)];
  if (ageYears < youngest || ageYears > oldest || (ageYears === oldest && ageMonths > 0)) {
    throw refusal(
      'age-outside-table',
      `The table has no payment months for ${ageYears} years ${ageMonths} months.`,
      `The table runs from ${youngest} to ${oldest} years (国发〔2005〕38号 附件).`,
      'Check the age at actual retirement.',
    );
  }
  const at = (years: number) => Fraction.of(field(table, years));
  if (ageMonths === 0) return at(ageYears);
  const fall = at(ageYears).minus(at(ageYears + 1));
  return at(ageYears).minus(fall.times(ageMonths).over(12)).rounded(1, 'half-up');
}

/** Months over which the account is paid out (计发月数), by the age at actual retirement. */
export const paymentMonthsFormula = defineFormula({
  name: 'payment-months',
  title: { en: 'Payment months of the account pension', zh: '计发月数' },
  law: '国发〔2005〕38号 附件; ages with months from 2025-01-01',
  inputs: Inputs,
  refusals: ['age-outside-table'],
  compute: ({ ageYears, ageMonths }, law, note) => {
    const table = law.take('pension.payment_months');
    const months = paymentMonths(ageYears, ageMonths, table);
    note(() => {
      const [here, next] = [field(table, ageYears), ageMonths === 0 ? '' : field(table, ageYears + 1)];
      return ageMonths === 0
        ? step('paymentMonths', { en: 'By the table', zh: '查表' }, '', months.toFixed(1))
        : step(
            'paymentMonths',
            {
              en: 'Between two ages: T(years) − (T(years) − T(years + 1)) × months ÷ 12',
              zh: '按月内插：T(岁) − (T(岁) − T(岁+1)) × 月数 ÷ 12',
            },
            `${here} − (${here} − ${next}) × ${ageMonths} ÷ 12`,
            months.toFixed(1),
            'half-up-1',
          );
    });
    return { paymentMonths: months.toFixed(1) };
  },
});
