import { Money } from '@provident/kernel';
import { textOf } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, Count, fields } from '../calculation/input-fields.js';
import { amount, ratio } from '../calculation/read-input.js';

const Inputs = fields({ monthlyBenefit: Amount, months: Count });

/** Money that moves with a claimant: the benefit still due, and half of it again for medical care and training. */
export const unemploymentTransferFormula = defineFormula({
  name: 'unemployment-transfer',
  title: { en: 'Money of a cross-province unemployment transfer', zh: '失业保险关系转迁' },
  law: '失业保险条例 第22条; 失业保险金申领发放办法 (劳动和社会保障部令第8号)',
  inputs: Inputs,
  compute: ({ monthlyBenefit, months }, law, note) => {
    const share = law.take('transfer.unemployment_extra');
    const benefitTotal = Money.fromFen(amount(monthlyBenefit).fen * BigInt(months));
    const medicalAndTrainingAmount = Fraction.ofMoney(benefitTotal)
      .times(ratio(textOf(share)))
      .toMoney('fen-half-up');
    const total = benefitTotal.plus(medicalAndTrainingAmount);
    note(() =>
      step(
        'benefitTotal',
        { en: 'Benefit total = monthly benefit × months due', zh: '失业保险金总额 = 月标准 × 应领月数' },
        `${monthlyBenefit} × ${months}`,
        benefitTotal,
      ),
    );
    note(() =>
      step(
        'medicalAndTrainingAmount',
        { en: 'Medical care and training = half of the benefit total', zh: '医疗补助和职业培训补贴 = 总额的一半' },
        `${benefitTotal.toString()} × ${textOf(share)}`,
        medicalAndTrainingAmount,
        'fen-half-up',
        share,
      ),
    );
    note(() =>
      step(
        'total',
        { en: 'Total = both', zh: '转移总额 = 两项之和' },
        `${benefitTotal.toString()} + ${medicalAndTrainingAmount.toString()}`,
        total,
      ),
    );
    return { benefitTotal, medicalAndTrainingAmount, total };
  },
});
