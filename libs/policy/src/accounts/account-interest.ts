import type { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { textOf } from '../book/read-value.js';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, countFrom, fields, Ratio } from '../calculation/input-fields.js';
import type { Law } from '../calculation/law.js';
import { amount, ratio } from '../calculation/read-input.js';
import { type AccountEntry, type AccountInterest, accountInterest, monthProduct } from './month-product-interest.js';

const Entry = fields({ month: countFrom(1, 12), amount: Amount });

const MonthProduct = fields({
  method: Type.Literal('month-product'),
  openingBalance: Amount,
  rate: Ratio,
  credits: Type.Array(Entry),
  debits: Type.Optional(Type.Array(Entry)),
  throughMonth: Type.Optional(countFrom(1, 12)),
});
const Annual = fields({
  method: Type.Literal('annual'),
  openingBalance: Amount,
  rate: Ratio,
  annualCredit: Amount,
});

const Inputs = Type.Unsafe<Static<typeof MonthProduct> | Static<typeof Annual>>({
  type: 'object',
  required: ['method'],
  discriminator: { propertyName: 'method' },
  oneOf: [MonthProduct, Annual],
  examples: ['month-product'],
});

/** The annual method (年度计算法): a year's credits earn 1.083 / 2 of the rate, the mean of twelve equal months. */
export function annualInterest(
  openingBalance: Money,
  rate: Fraction,
  credit: Money,
  factor: Fraction,
): AccountInterest {
  const openingInterest = Fraction.ofMoney(openingBalance).times(rate).toMoney('fen-half-up');
  const creditInterest = Fraction.ofMoney(credit).times(rate).times(factor).over(2).toMoney('fen-half-up');
  const interest = openingInterest.plus(creditInterest);
  const debitInterest = openingBalance.minus(openingBalance);
  return {
    openingInterest,
    creditInterest,
    debitInterest,
    interest,
    closingBalance: openingBalance.plus(credit).plus(interest),
  };
}

/** A year's interest of a pension personal account, by the month-product or the annual method. */
export const accountInterestFormula = defineFormula({
  name: 'account-interest',
  title: { en: 'Individual account interest of one year', zh: '个人账户计息' },
  law: '社会保险法 第14条; 劳办发〔1997〕116号 附件 (from the regulation, not re-checked)',
  inputs: Inputs,
  refusals: ['entry-after-closing-month'],
  supplied: { rate: 'account.record_rate' },
  compute: (inputs, law, note) => {
    const { openingBalance, rate } = inputs;
    return inputs.method === 'annual'
      ? explainedAnnual(amount(openingBalance), rate, amount(inputs.annualCredit), law, note)
      : explainedMonthProduct(inputs, note);
  },
});

function explainedMonthProduct(inputs: Static<typeof MonthProduct>, note: Note) {
  const { throughMonth = 12, rate } = inputs;
  const openingBalance = amount(inputs.openingBalance);
  const entries = (list: Static<typeof Entry>[]): readonly AccountEntry[] =>
    list.map((entry) => ({ month: entry.month, amount: amount(entry.amount) }));
  const [credits, debits] = [entries(inputs.credits), entries(inputs.debits ?? [])];
  const result = accountInterest({
    method: 'month-product',
    openingBalance,
    rate: { units: Fraction.of(rate).numerator, scale: Fraction.of(rate).denominator },
    credits,
    debits,
    throughMonth,
  });
  note(() =>
    step(
      'openingInterest',
      {
        en: 'Opening interest = opening balance × rate × months ÷ 12',
        zh: '年初余额利息 = 年初储存额 × 记账利率 × 月数 ÷ 12',
      },
      `${openingBalance.toString()} × ${rate} × ${throughMonth} ÷ 12`,
      result.openingInterest,
      'fen-half-up',
    ),
  );
  const products = [
    ['creditInterest', credits, { en: 'Interest on credits', zh: '本年记入利息' }],
    ['debitInterest', debits, { en: 'Interest on debits', zh: '本年支出利息' }],
  ] as const;
  for (const [figure, list, title] of products) {
    note(() =>
      step(
        figure,
        {
          en: `${title.en} = sum of amount × months to month ${throughMonth} × rate ÷ 12`,
          zh: `${title.zh} = 月积数 × 记账利率 ÷ 12`,
        },
        `${Fraction.of(monthProduct(list, throughMonth)).over(100).toFixed(2)} × ${rate} ÷ 12`,
        result[figure],
        'fen-half-up',
      ),
    );
  }
  noteClosing(openingBalance, credits, debits, result, note);
  return { ...result };
}

function explainedAnnual(openingBalance: Money, rate: string, credit: Money, law: Law, note: Note) {
  const factor = law.take('account.annual_method_factor');
  const result = annualInterest(openingBalance, ratio(rate), credit, ratio(textOf(factor)));
  note(() =>
    step(
      'openingInterest',
      { en: 'Opening interest = opening balance × rate', zh: '年初余额利息 = 年初储存额 × 记账利率' },
      `${openingBalance.toString()} × ${rate}`,
      result.openingInterest,
      'fen-half-up',
    ),
  );
  note(() =>
    step(
      'creditInterest',
      {
        en: "Interest on the year's credit = credit × rate × 1.083 ÷ 2",
        zh: '本年记入利息 = 本年记账额 × 记账利率 × 1.083 ÷ 2',
      },
      `${credit.toString()} × ${rate} × ${textOf(factor)} ÷ 2`,
      result.creditInterest,
      'fen-half-up',
      factor,
    ),
  );
  noteClosing(openingBalance, [{ month: 12, amount: credit }], [], result, note);
  return { ...result };
}

function noteClosing(
  opening: Money,
  credits: readonly AccountEntry[],
  debits: readonly AccountEntry[],
  { openingInterest, creditInterest, debitInterest, interest, closingBalance }: AccountInterest,
  note: Note,
): void {
  note(() =>
    step(
      'interest',
      { en: 'Interest = on opening + on credits − on debits', zh: '利息 = 年初余额利息 + 记入利息 − 支出利息' },
      `${openingInterest.toString()} + ${creditInterest.toString()} − ${debitInterest.toString()}`,
      interest,
    ),
  );
  const written = (sign: string, list: readonly AccountEntry[]) =>
    list.map((entry) => ` ${sign} ${entry.amount.toString()}`).join('');
  note(() =>
    step(
      'closingBalance',
      {
        en: 'Closing balance = opening + credits − debits + interest',
        zh: '年末储存额 = 年初储存额 + 记入 − 支出 + 利息',
      },
      `${opening.toString()}${written('+', credits)}${written('−', debits)} + ${interest.toString()}`,
      closingBalance,
    ),
  );
}
