import { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import type { Fraction } from '../calculation/fraction.js';
import { Amount, countFrom, fields, Ratio } from '../calculation/input-fields.js';
import { ratio, yuan } from '../calculation/read-input.js';
import { SchemeText } from './contribution.js';

const present = (name: string) => ({ required: [name] });

/** A line gives base and rate, or a fixed amount. */
const Line = fields(
  {
    scheme: SchemeText,
    base: Type.Optional(Amount),
    rate: Type.Optional(Ratio),
    fixedAmount: Type.Optional(Amount),
  },
  {
    oneOf: [
      { required: ['base', 'rate'], not: present('fixedAmount') },
      { required: ['fixedAmount'], not: { anyOf: [present('base'), present('rate')] } },
    ],
  },
);

const Inputs = fields({
  lines: Type.Array(Line, { minItems: 1 }),
  shareNumerator: countFrom(1),
  shareDenominator: countFrom(1),
});

/** A share of the whole contribution of a line, rounded half up to the fen once, after the division. */
export function subsidyOf(contribution: Fraction, numerator: number, denominator: number): Money {
  return contribution.times(numerator).over(denominator).toMoney('fen-half-up');
}

/** Subsidy on contributions, e.g. Beijing pays 2/3 of a flexible worker's minimum contribution. */
export const contributionSubsidyFormula = defineFormula({
  name: 'contribution-subsidy',
  title: { en: 'Subsidy on contributions', zh: '社会保险补贴' },
  law: '地方就业补贴规定 (local employment subsidy rules)',
  inputs: Inputs,
  compute: ({ lines, shareNumerator, shareDenominator }, _law, note) => {
    const subsidyAmounts = lines.map((line, index) => {
      const { base, rate, fixedAmount } = line;
      const contribution =
        fixedAmount === undefined ? yuan(base ?? '0.00').times(ratio(rate ?? '0')) : yuan(fixedAmount);
      const subsidy = subsidyOf(contribution, shareNumerator, shareDenominator);
      note(() =>
        step(
          `subsidyAmounts[${index}]`,
          { en: `Subsidy (${line.scheme}) = whole contribution × share`, zh: '补贴 = 缴费额 × 补贴比例' },
          `${fixedAmount ?? `${base ?? ''} × ${rate ?? ''}`} × ${shareNumerator} ÷ ${shareDenominator}`,
          subsidy,
          'fen-half-up',
        ),
      );
      return subsidy;
    });
    const total = Money.sum(subsidyAmounts);
    note(() =>
      step(
        'total',
        { en: 'Total = sum of the rounded lines', zh: '合计 = 各行补贴之和' },
        subsidyAmounts.map(String).join(' + '),
        total,
      ),
    );
    return { subsidyAmounts, total };
  },
});
