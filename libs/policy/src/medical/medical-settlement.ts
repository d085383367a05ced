import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, exactlyOneOf, fields, Ratio } from '../calculation/input-fields.js';
import { amount, optionalAmount, ratio } from '../calculation/read-input.js';

const Inputs = fields(
  {
    totalCost: Amount,
    selfPaidCost: Amount,
    classBCost: Type.Optional(Amount),
    classBFirstShare: Type.Optional(Ratio),
    deductible: Type.Optional(Amount),
    deductibleBase: Type.Optional(Amount),
    deductibleRatio: Type.Optional(Ratio),
    fundRatio: Ratio,
    cap: Type.Optional(Amount),
    supplementaryRatio: Type.Optional(Ratio),
  },
  {
    ...exactlyOneOf(['deductible'], ['deductibleBase', 'deductibleRatio']),
    dependentRequired: {
      classBCost: ['classBFirstShare'],
      classBFirstShare: ['classBCost'],
      deductibleBase: ['deductibleRatio'],
      deductibleRatio: ['deductibleBase'],
    },
  },
);
type Inputs = Static<typeof Inputs>;

/** An amount times a share, rounded half up to the fen. */
function shareOf(cost: Money, share: string): Money {
  return Fraction.ofMoney(cost).times(ratio(share)).toMoney('fen-half-up');
}

/** Hospital settlement at one ratio: what counts, what the pool pays, what supplementary cover and the person pay. */
export const medicalSettlementFormula = defineFormula({
  name: 'medical-settlement',
  title: { en: 'Hospital settlement at one ratio', zh: '住院费用结算' },
  law: '国发〔1998〕44号 and local rules',
  inputs: Inputs,
  compute: (inputs, _law, note) => {
    const totalCost = amount(inputs.totalCost);
    const eligibleCost = eligible(inputs, totalCost, note);
    const poolPaymentBeforeCap = shareOf(eligibleCost, inputs.fundRatio);
    const cap = optionalAmount(inputs.cap);
    const poolPayment = cap === undefined ? poolPaymentBeforeCap : Money.min(poolPaymentBeforeCap, cap);
    note(() =>
      step(
        'poolPaymentBeforeCap',
        {
          en: 'Pool payment before the cap = eligible cost × fund ratio',
          zh: '统筹支付(封顶前) = 政策范围内费用 × 支付比例',
        },
        `${eligibleCost.toString()} × ${inputs.fundRatio}`,
        poolPaymentBeforeCap,
        'fen-half-up',
      ),
    );
    if (cap !== undefined) {
      note(() =>
        step(
          'poolPayment',
          { en: 'Not above what is left of the annual cap', zh: '不超过年度支付限额余额' },
          `min(${poolPaymentBeforeCap.toString()}, ${cap.toString()})`,
          poolPayment,
        ),
      );
    }
    const left = totalCost.minus(poolPayment);
    const { supplementaryRatio } = inputs;
    const supplementaryPayment = supplementaryRatio === undefined ? undefined : shareOf(left, supplementaryRatio);
    if (supplementaryPayment !== undefined) {
      note(() =>
        step(
          'supplementaryPayment',
          { en: 'Supplementary payment = what the pool leaves × ratio', zh: '补充保险支付 = 统筹支付后余额 × 比例' },
          `(${totalCost.toString()} − ${poolPayment.toString()}) × ${supplementaryRatio ?? ''}`,
          supplementaryPayment,
          'fen-half-up',
        ),
      );
    }
    const individualPayment = left.minus(supplementaryPayment ?? Money.zero);
    note(() =>
      step(
        'individualPayment',
        { en: 'Individual payment = total − pool − supplementary', zh: '个人负担 = 总费用 − 统筹支付 − 补充支付' },
        `${totalCost.toString()} − ${poolPayment.toString()} − ${(supplementaryPayment ?? Money.zero).toString()}`,
        individualPayment,
      ),
    );
    // Without supplementary cover its payment is nothing, which is a figure too.
    return {
      eligibleCost,
      poolPaymentBeforeCap,
      poolPayment,
      supplementaryPayment: supplementaryPayment ?? Money.zero,
      individualPayment,
    };
  },
});

/** Total less self-paid items, first share of class B and deductible, not below 0. */
function eligible(inputs: Inputs, totalCost: Money, note: Note): Money {
  const firstShare = shareOf(amount(inputs.classBCost ?? '0.00'), inputs.classBFirstShare ?? '0');
  if (inputs.classBCost !== undefined) {
    note(() =>
      step(
        'classBFirstShare',
        { en: 'First share of class B = class B cost × share', zh: '乙类先行自付 = 乙类费用 × 先行自付比例' },
        `${inputs.classBCost ?? ''} × ${inputs.classBFirstShare ?? ''}`,
        firstShare,
        'fen-half-up',
      ),
    );
  }
  const { deductibleBase, deductibleRatio = '0' } = inputs;
  const deductible = optionalAmount(inputs.deductible) ?? shareOf(amount(deductibleBase ?? '0.00'), deductibleRatio);
  if (inputs.deductible === undefined) {
    note(() =>
      step(
        'deductible',
        { en: 'Deductible = base × ratio', zh: '起付标准 = 基数 × 比例' },
        `${deductibleBase ?? ''} × ${deductibleRatio}`,
        deductible,
        'fen-half-up',
      ),
    );
  }
  const rest = totalCost.minus(amount(inputs.selfPaidCost)).minus(firstShare).minus(deductible);
  const result = Money.max(Money.zero, rest);
  note(() =>
    step(
      'eligibleCost',
      {
        en: 'Eligible cost = total − self-paid − first share − deductible, at least 0',
        zh: '政策范围内费用 = 总费用 − 自费 − 先行自付 − 起付标准，不小于0',
      },
      `${totalCost.toString()} − ${inputs.selfPaidCost} − ${firstShare.toString()} − ${deductible.toString()}`,
      result,
    ),
  );
  return result;
}
