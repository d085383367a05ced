import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { type Bilingual, type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, Count, exactlyOneOf, fields, TwoDecimals } from '../calculation/input-fields.js';
import { optionalAmount, ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields(
  {
    monthlyDisposableIncome: Type.Optional(Amount),
    annualDisposableIncome: Type.Optional(Amount),
    incomeRounding: Type.Optional(choice(['none', 'fen-half-up', 'yuan-half-up'])),
    funeralMonths: Count,
    grantMonths: TwoDecimals,
    accountBalance: Type.Optional(Amount),
  },
  {
    ...exactlyOneOf(['monthlyDisposableIncome'], ['annualDisposableIncome', 'incomeRounding']),
    dependentRequired: { incomeRounding: ['annualDisposableIncome'] },
  },
);

/** Survivors' benefit: funeral grant, survivors' grant, and the account balance, which is inherited. */
export const survivorsBenefitFormula = defineFormula({
  name: 'survivors-benefit',
  title: { en: "Survivors' benefit", zh: '遗属待遇' },
  law: '人社部发〔2021〕18号; 社会保险法 第14, 17条',
  inputs: Inputs,
  supplied: { funeralMonths: 'surv.funeral' },
  compute: (inputs, _law, note) => {
    const income = monthlyIncome(inputs, note);
    const months = (figure: string, rule: Bilingual, count: string): Money => {
      const grant = income.times(ratio(count)).toMoney('fen-half-up');
      note(() => step(figure, rule, `${income.toString()} × ${count}`, grant, 'fen-half-up'));
      return grant;
    };
    const funeralGrant = months(
      'funeralGrant',
      { en: 'Funeral grant = monthly income × months', zh: '丧葬补助金 = 月人均可支配收入 × 月数' },
      String(inputs.funeralMonths),
    );
    const survivorsGrant = months(
      'survivorsGrant',
      { en: "Survivors' grant = monthly income × months", zh: '抚恤金 = 月人均可支配收入 × 发放月数' },
      inputs.grantMonths,
    );
    const accountPayment = optionalAmount(inputs.accountBalance);
    const parts = [funeralGrant, survivorsGrant, ...(accountPayment === undefined ? [] : [accountPayment])];
    const total = Money.sum(parts);
    note(() =>
      step(
        'total',
        { en: 'Total = grants and account balance', zh: '合计 = 丧葬补助金 + 抚恤金 + 个人账户余额' },
        parts.map(String).join(' + '),
        total,
      ),
    );
    return { funeralGrant, survivorsGrant, accountPayment, total };
  },
});

function monthlyIncome(inputs: Static<typeof Inputs>, note: Note): Fraction {
  const { monthlyDisposableIncome, annualDisposableIncome = '0.00', incomeRounding } = inputs;
  if (monthlyDisposableIncome !== undefined) return yuan(monthlyDisposableIncome);
  const exact = yuan(annualDisposableIncome).over(12);
  const rounding = incomeRounding === 'none' ? undefined : incomeRounding;
  const income = rounding === undefined ? exact : Fraction.ofMoney(exact.toMoney(rounding));
  note(() =>
    step(
      'monthlyIncome',
      { en: 'Monthly income = annual disposable income ÷ 12', zh: '月人均可支配收入 = 年人均可支配收入 ÷ 12' },
      `${annualDisposableIncome} ÷ 12`,
      income,
      ...(rounding === undefined ? [] : [rounding]),
    ),
  );
  return income;
}
