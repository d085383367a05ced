import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { textOf } from '../book/read-value.js';
import { type Bilingual, type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, Count, fields, OneDecimal, Ratio } from '../calculation/input-fields.js';
import { inputError } from '../calculation/input-error.js';
import type { Law } from '../calculation/law.js';
import { ratio, yuan } from '../calculation/read-input.js';
import { contributionYears, YEARS_ROUNDINGS, yearsStepRounding } from './contribution-years.js';

const Inputs = fields(
  {
    calculationBase: Amount,
    averageIndex: Ratio,
    contributionMonths: Count,
    yearsRounding: choice(YEARS_ROUNDINGS, 'exact = months / 12 unrounded'),
    amountRounding: choice(['fen-half-up', 'jiao-up']),
    basicPensionRule: choice(['standard', 'index-floor-0.6-scaled']),
    yearsAsPercent: Type.Optional(fields({ perYear: Ratio, perMonth: Ratio })),
    accountBalance: Type.Optional(Amount),
    paymentMonths: Type.Optional(OneDecimal),
    transitional: Type.Optional(fields({ months: Count, coefficient: Ratio })),
    supplement: Type.Optional(fields({ coefficient: Ratio })),
  },
  { dependentRequired: { accountBalance: ['paymentMonths'], paymentMonths: ['accountBalance'] } },
);
type Inputs = Static<typeof Inputs>;

/**
 * Monthly pension at retirement (国发〔2005〕38号 六): basic + account, and where the province has them a transitional part
 * and a supplement. Only the years are rounded before; every part is exact and rounded once.
 */
export const pensionAtRetirementFormula = defineFormula({
  name: 'pension-at-retirement',
  title: { en: 'Monthly pension at retirement', zh: '基本养老金核定' },
  law: '国发〔2005〕38号 六 and provincial rules',
  inputs: Inputs,
  supplied: { calculationBase: 'pension.calculation_base' },
  compute: (inputs, law, note) => {
    const { amountRounding: rounding } = inputs;
    const [base, index] = [yuan(inputs.calculationBase), ratio(inputs.averageIndex)];
    const indexed = base.times(index);
    const part = (figure: string, rule: Bilingual, working: string, exact: Fraction): Money => {
      const money = exact.toMoney(rounding);
      note(() => step(figure, rule, working, money, rounding));
      return money;
    };
    const years = roundedYears('N', inputs.contributionMonths, inputs.yearsRounding, note);
    const [c, z] = [inputs.calculationBase, inputs.averageIndex];

    const first = firstTerm(inputs, base, index, law, note);
    const share = yearsShare(inputs, years, note);
    const basicPension = part(
      'basicPension',
      { en: 'Basic pension = (F + C × Z) ÷ 2 × years share', zh: '基础养老金 = (F + C × Z) ÷ 2 × 年限比例' },
      `(${first.toString()} + ${c} × ${z}) ÷ 2 × ${share.toString()}`,
      first.plus(indexed).over(2).times(share),
    );
    const parts: Record<string, Money> = { basicPension };

    const { accountBalance, paymentMonths, transitional, supplement } = inputs;
    if (accountBalance !== undefined && paymentMonths !== undefined) {
      if (ratio(paymentMonths).isZero) throw inputError('paymentMonths', 'must be above 0', '"139.0"');
      parts['accountPension'] = part(
        'accountPension',
        { en: 'Account pension = account balance ÷ payment months', zh: '个人账户养老金 = 个人账户储存额 ÷ 计发月数' },
        `${accountBalance} ÷ ${paymentMonths}`,
        yuan(accountBalance).over(ratio(paymentMonths)),
      );
    }
    if (transitional !== undefined) {
      const before = roundedYears('M', transitional.months, inputs.yearsRounding, note);
      parts['transitionalPension'] = part(
        'transitionalPension',
        {
          en: 'Transitional pension = C × Z × years before accounts × coefficient',
          zh: '过渡性养老金 = C × Z × 建账前年限 × 过渡系数',
        },
        `${c} × ${z} × ${before.toString()} × ${transitional.coefficient}`,
        indexed.times(before).times(ratio(transitional.coefficient)),
      );
    }
    if (supplement !== undefined) {
      parts['supplement'] = part(
        'supplement',
        { en: 'Supplement = C × Z × years × coefficient', zh: '增发养老金 = C × Z × 缴费年限 × 系数' },
        `${c} × ${z} × ${years.toString()} × ${supplement.coefficient}`,
        indexed.times(years).times(ratio(supplement.coefficient)),
      );
    }
    const total = Money.sum(Object.values(parts));
    note(() =>
      step(
        'total',
        { en: 'Total = sum of the rounded parts', zh: '基本养老金 = 各项之和' },
        Object.values(parts).map(String).join(' + '),
        total,
      ),
    );
    return { ...parts, total };
  },
});

function roundedYears(name: 'N' | 'M', months: number, rounding: Inputs['yearsRounding'], note: Note): Fraction {
  const years = contributionYears(months, rounding);
  note(() =>
    step(
      name,
      {
        en: `${name === 'N' ? 'Contribution years' : 'Years before accounts'} = months ÷ 12`,
        zh: `${name === 'N' ? '缴费年限' : '建账前年限'} = 月数 ÷ 12`,
      },
      `${months} ÷ 12`,
      years,
      ...yearsStepRounding(rounding),
    ),
  );
  return years;
}

/** F: the calculation base itself, or scaled down for an index below 0.6 where the province says so (Guangdong). */
function firstTerm(inputs: Inputs, base: Fraction, index: Fraction, law: Law, note: Note): Fraction {
  if (inputs.basicPensionRule === 'standard') return base;
  const floor = law.take('pension.index_floor');
  const scale = Fraction.min(Fraction.one, index.over(ratio(textOf(floor))));
  const first = base.times(scale);
  note(() =>
    step(
      'F',
      { en: 'F = C × min(1, Z ÷ 0.6)', zh: 'F = C × min(1, Z ÷ 0.6)' },
      `${inputs.calculationBase} × min(1, ${inputs.averageIndex} ÷ ${textOf(floor)})`,
      first,
      floor,
    ),
  );
  return first;
}

/** N × 1 %, or whole years and left-over months with percentages of their own (Shanghai). */
function yearsShare(inputs: Inputs, years: Fraction, note: Note): Fraction {
  const { yearsAsPercent, contributionMonths } = inputs;
  if (yearsAsPercent === undefined) return years.over(100);
  const whole = Math.floor(contributionMonths / 12);
  const rest = contributionMonths % 12;
  const share = ratio(yearsAsPercent.perYear).times(whole).plus(ratio(yearsAsPercent.perMonth).times(rest)).over(100);
  note(() =>
    step(
      'share',
      {
        en: 'Years share = (whole years × per year + months × per month) %',
        zh: '年限比例 = (整年数 × 年比例 + 余月数 × 月比例)%',
      },
      `(${whole} × ${yearsAsPercent.perYear} + ${rest} × ${yearsAsPercent.perMonth}) ÷ 100`,
      share,
    ),
  );
  return share;
}
