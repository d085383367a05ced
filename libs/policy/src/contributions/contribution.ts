import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, exactlyOneOf, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio, yuan } from '../calculation/read-input.js';
import { refuseReversedBounds } from './contribution-due.js';

export const SchemeText = choice(
  ['pension', 'medical', 'maternity', 'unemployment', 'work-injury', 'combined'],
  'combined is one printed rate for several schemes',
);

const Line = fields({
  scheme: SchemeText,
  payer: choice(['employer', 'employee', 'individual'], 'individual is a flexible worker who pays the whole'),
  rate: Ratio,
  reliefRate: Type.Optional(Ratio),
  fixedAmount: Type.Optional(Amount),
});

const Inputs = fields(
  {
    base: Type.Optional(Amount),
    declaredMonthlyWage: Type.Optional(Amount),
    floor: Type.Optional(Amount),
    ceiling: Type.Optional(Amount),
    lines: Type.Array(Line, { minItems: 1 }),
    totalRounding: choice(['line-then-sum', 'sum-then-round']),
  },
  exactlyOneOf(['base'], ['declaredMonthlyWage', 'floor', 'ceiling']),
);

interface LineResult {
  readonly payer: Static<typeof Line>['payer'];
  readonly due: Money;
  readonly relief: Money;
  readonly payable: Money;
  /** Payable before its rounding. */
  readonly exact: Fraction;
}

/** due = base × rate + fixed; payable = base × (rate − relief) + fixed; relief is the difference, so that the line adds up. */
function assessLine(base: Money, line: Static<typeof Line>, index: number, note: Note): LineResult {
  const fixed = yuan(line.fixedAmount ?? '0.00');
  const relieved = ratio(line.rate).minus(ratio(line.reliefRate ?? '0'));
  const onBase = (rate: Fraction) => Fraction.ofMoney(base).times(rate).plus(fixed);
  const due = onBase(ratio(line.rate)).toMoney('fen-half-up');
  const exact = onBase(relieved);
  const payable = exact.toMoney('fen-half-up');
  const plus = line.fixedAmount === undefined ? '' : ` + ${line.fixedAmount}`;
  note(() =>
    step(
      `dueAmounts[${index}]`,
      { en: `Due (${line.scheme}, ${line.payer}) = base × rate + fixed amount`, zh: '应缴 = 缴费基数 × 费率 + 定额' },
      `${base.toString()} × ${line.rate}${plus}`,
      due,
      'fen-half-up',
    ),
  );
  if (line.reliefRate !== undefined) {
    note(() =>
      step(
        `payableAmounts[${index}]`,
        {
          en: 'Payable = base × (rate − relief rate) + fixed amount',
          zh: '实缴 = 缴费基数 × (费率 − 减免费率) + 定额',
        },
        `${base.toString()} × ${relieved.toString()}${plus}`,
        payable,
        'fen-half-up',
      ),
    );
  }
  return { payer: line.payer, due, relief: due.minus(payable), payable, exact };
}

/** A month's contribution line by line with relief, and its totals by payer (社会保险法 第12, 23, 35, 44, 53条). */
export const contributionFormula = defineFormula({
  name: 'contribution',
  title: { en: 'Monthly contribution with relief', zh: '应缴、减免、实缴' },
  law: '社会保险法 第12, 23, 35, 44, 53条; 人社部发〔2020〕11号',
  inputs: Inputs,
  supplied: { floor: 'base.floor', ceiling: 'base.ceiling' },
  replacedBy: { floor: ['base'], ceiling: ['base'] },
  compute: (inputs, _law, note) => {
    const base = baseOf(inputs, note);
    const lines = inputs.lines.map((line, index) => assessLine(base, line, index, note));
    const total = (name: string, payer?: LineResult['payer']): Money => {
      const chosen = lines.filter((line) => payer === undefined || line.payer === payer);
      const sum =
        inputs.totalRounding === 'line-then-sum'
          ? Money.sum(chosen.map(({ payable }) => payable))
          : chosen.reduce((all, { exact }) => all.plus(exact), Fraction.zero).toMoney('fen-half-up');
      note(() => totalStep(name, inputs.totalRounding, chosen, sum));
      return sum;
    };
    return {
      base,
      dueAmounts: lines.map(({ due }) => due),
      reliefAmounts: lines.map(({ relief }) => relief),
      payableAmounts: lines.map(({ payable }) => payable),
      employerPayable: total('employerPayable', 'employer'),
      employeePayable: total('employeePayable', 'employee'),
      individualPayable: total('individualPayable', 'individual'),
      totalPayable: total('totalPayable'),
    };
  },
});

function baseOf(inputs: Static<typeof Inputs>, note: Note): Money {
  if (inputs.base !== undefined) return amount(inputs.base);
  const [wage, floor, ceiling] = [inputs.declaredMonthlyWage, inputs.floor, inputs.ceiling].map((text) =>
    amount(text ?? '0.00'),
  ) as [Money, Money, Money];
  refuseReversedBounds(floor, ceiling);
  const base = Money.min(Money.max(wage, floor), ceiling);
  note(() =>
    step(
      'base',
      { en: 'Base = wage kept within floor and ceiling', zh: '缴费基数 = 月工资限于上下限之内' },
      `min(max(${wage.toString()}, ${floor.toString()}), ${ceiling.toString()})`,
      base,
    ),
  );
  return base;
}

function totalStep(name: string, rounding: string, lines: readonly LineResult[], sum: Money) {
  return rounding === 'line-then-sum'
    ? step(
        name,
        { en: 'Total = sum of the rounded lines', zh: '合计 = 各行实缴之和' },
        lines.map(({ payable }) => payable.toString()).join(' + '),
        sum,
      )
    : step(
        name,
        { en: 'Total = sum of the unrounded lines', zh: '合计 = 各行未取整实缴之和' },
        lines.map(({ exact }) => exact.toString()).join(' + '),
        sum,
        'fen-half-up',
      );
}
