import { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, Count, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields({
  monthlyBase: Amount,
  medicalGrantMonths: Count,
  employmentGrantMonths: Count,
  employmentGrantRatio: Type.Optional(Ratio),
});

/** What grades 5 to 10 receive when the employment ends; base, months and reduction are the province's. */
export const separationGrantsFormula = defineFormula({
  name: 'work-injury-separation-grants',
  title: { en: 'Grants when the employment ends, grades 5 to 10', zh: '一次性工伤医疗补助金和伤残就业补助金' },
  law: '工伤保险条例 第36, 37条; e.g. 浙江省工伤保险条例 第27条',
  inputs: Inputs,
  compute: (inputs, _law, note) => {
    const { monthlyBase, medicalGrantMonths, employmentGrantMonths, employmentGrantRatio = '1' } = inputs;
    const medicalGrant = Money.fromFen(amount(monthlyBase).fen * BigInt(medicalGrantMonths));
    const employmentGrant = yuan(monthlyBase)
      .times(employmentGrantMonths)
      .times(ratio(employmentGrantRatio))
      .toMoney('fen-half-up');
    const total = medicalGrant.plus(employmentGrant);
    note(() =>
      step(
        'medicalGrant',
        { en: 'Medical grant (fund) = monthly base × months', zh: '一次性工伤医疗补助金(基金) = 月基数 × 月数' },
        `${monthlyBase} × ${medicalGrantMonths}`,
        medicalGrant,
        'fen-half-up',
      ),
    );
    note(() =>
      step(
        'employmentGrant',
        {
          en: 'Employment grant (employer) = monthly base × months × ratio',
          zh: '一次性伤残就业补助金(单位) = 月基数 × 月数 × 比例',
        },
        `${monthlyBase} × ${employmentGrantMonths} × ${employmentGrantRatio}`,
        employmentGrant,
        'fen-half-up',
      ),
    );
    note(() =>
      step(
        'total',
        { en: 'Total = both', zh: '合计 = 两项之和' },
        `${medicalGrant.toString()} + ${employmentGrant.toString()}`,
        total,
      ),
    );
    return { medicalGrant, employmentGrant, total };
  },
});
