import { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, Count, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio } from '../calculation/read-input.js';
import { lateFee } from './late-fee.js';

const Inputs = fields({
  monthlyPrincipal: Amount,
  dailyRate: Ratio,
  days: Type.Array(Count, { minItems: 1, description: 'days of each unpaid month' }),
});

/** Late fee on equal monthly arrears: one rounded term for each unpaid month, then their sum. */
export const lateFeeInstalmentsFormula = defineFormula({
  name: 'late-fee-instalments',
  title: { en: 'Late fee on equal monthly arrears', zh: '逐月欠费滞纳金' },
  law: '社会保险法 第86条',
  inputs: Inputs,
  supplied: { dailyRate: 'late_fee.daily_rate' },
  compute: ({ monthlyPrincipal, dailyRate, days }, _law, note) => {
    const fees = days.map((count, index) => {
      const fee = lateFee(amount(monthlyPrincipal), ratio(dailyRate), count);
      note(() =>
        step(
          `fees[${index}]`,
          { en: 'Term = monthly principal × daily rate × days', zh: '当月滞纳金 = 月欠缴额 × 日加收率 × 天数' },
          `${monthlyPrincipal} × ${dailyRate} × ${count}`,
          fee,
          'fen-half-up',
        ),
      );
      return fee;
    });
    const total = Money.sum(fees);
    note(() =>
      step('total', { en: 'Total = sum of the terms', zh: '合计 = 各月之和' }, fees.map(String).join(' + '), total),
    );
    return { fees, total };
  },
});
