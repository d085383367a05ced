import { Type } from '@sinclair/typebox';
import { field, textOf } from '../book/read-value.js';
import type { PolicyValue } from '../book/policy-value.js';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, Count, countFrom, fields, Ratio } from '../calculation/input-fields.js';
import type { Law } from '../calculation/law.js';
import { ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields({
  headcount: countFrom(1),
  employedDisabled: Count,
  quotaRatio: Ratio,
  averageAnnualWage: Amount,
  localAverageAnnualWage: Type.Optional(Amount),
  tierRule: choice(['none', 'tiered-2020']),
});

/** Factor of the tiers since 2020: small staffs pay nothing, others half or nine tenths (发改价格规〔2019〕2015号). */
export function tierFactor(headcount: number, employedDisabled: number, tiers: PolicyValue): Fraction {
  if (headcount <= Number(field(tiers, 'exemptHeadcount'))) return Fraction.zero;
  const reached = Fraction.of(employedDisabled).over(headcount);
  const enough = reached.compare(ratio(field(tiers, 'thresholdRatio'))) >= 0;
  return ratio(field(tiers, enough ? 'factorFromThreshold' : 'factorBelowThreshold'));
}

/** What an employer pays that employs fewer disabled people than its quota. */
export const disabledEmploymentFundFormula = defineFormula({
  name: 'disabled-employment-fund',
  title: { en: 'Disabled persons employment security fund', zh: '残疾人就业保障金' },
  law: '财税〔2015〕72号 第8条; 财税〔2018〕39号; 发改价格规〔2019〕2015号',
  inputs: Inputs,
  supplied: { quotaRatio: 'disabled_fund.quota_ratio' },
  compute: (inputs, law, note) => {
    const { headcount, employedDisabled, quotaRatio } = inputs;
    const quota = Fraction.of(headcount).times(ratio(quotaRatio));
    const shortfall = Fraction.max(Fraction.zero, quota.minus(Fraction.of(employedDisabled)));
    note(() =>
      step(
        'shortfall',
        {
          en: 'Shortfall = headcount × quota − disabled employed, at least 0',
          zh: '差额人数 = 在职职工人数 × 安排比例 − 已安排残疾人数',
        },
        `max(0, ${headcount} × ${quotaRatio} − ${employedDisabled})`,
        shortfall,
      ),
    );
    const wage = cappedWage(inputs.averageAnnualWage, inputs.localAverageAnnualWage, law, note);
    const full = shortfall.times(wage);
    const fullAmount = full.toMoney('fen-half-up');
    note(() =>
      step(
        'fullAmount',
        { en: 'Full amount = shortfall × average annual wage', zh: '应缴额 = 差额人数 × 职工年平均工资' },
        `${shortfall.toString()} × ${wage.toString()}`,
        fullAmount,
        'fen-half-up',
      ),
    );
    if (inputs.tierRule === 'none') return { shortfall: shortfall.toDecimal(), fullAmount, payable: fullAmount };
    const tiers = law.take('disabled_fund.tiers');
    const factor = tierFactor(headcount, employedDisabled, tiers);
    const payable = full.times(factor).toMoney('fen-half-up');
    note(() =>
      step(
        'payable',
        {
          en: 'Payable = full amount before rounding × factor of the tier',
          zh: '实缴额 = 应缴额(未取整) × 分档减缴系数',
        },
        `${full.toString()} × ${factor.toString()}`,
        payable,
        'fen-half-up',
        tiers,
      ),
    );
    return { shortfall: shortfall.toDecimal(), fullAmount, payable };
  },
});

/** The employer's own average wage, at most twice the local one when that is given. */
function cappedWage(own: string, local: string | undefined, law: Law, note: Note): Fraction {
  if (local === undefined) return yuan(own);
  const times = law.take('disabled_fund.wage_cap');
  const wage = Fraction.min(yuan(own), yuan(local).times(ratio(textOf(times))));
  note(() =>
    step(
      'wage',
      {
        en: 'Wage = own average, at most twice the local average',
        zh: '计征工资 = 本单位年平均工资，不超过当地社会平均工资的2倍',
      },
      `min(${own}, ${local} × ${textOf(times)})`,
      wage,
      times,
    ),
  );
  return wage;
}
