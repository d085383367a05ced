import { Money } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, choice, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio, yuan } from '../calculation/read-input.js';

const Item = fields({
  category: choice(['class-a', 'class-b', 'special', 'organ-transplant']),
  amount: Amount,
  firstShare: Ratio,
  individualShare: Ratio,
});

const Inputs = fields({ deductible: Amount, selfPaidCost: Amount, items: Type.Array(Item, { minItems: 1 }) });

/** A person's part of an item: the first share, and a share of the rest. Exact. */
export function individualPart(cost: Fraction, firstShare: Fraction, individualShare: Fraction): Fraction {
  return cost.times(firstShare).plus(cost.times(Fraction.one.minus(firstShare)).times(individualShare));
}

/** Hospital settlement by cost category; the person's part is added exactly and rounded once. */
export const medicalSettlementItemisedFormula = defineFormula({
  name: 'medical-settlement-itemised',
  title: { en: 'Hospital settlement by cost category', zh: '按费用类别结算' },
  law: '国发〔1998〕44号 and local rules',
  inputs: Inputs,
  compute: ({ deductible, selfPaidCost, items }, _law, note) => {
    const costs = [deductible, selfPaidCost, ...items.map((item) => item.amount)];
    const totalCost = Money.sum(costs.map(amount));
    note(() =>
      step(
        'totalCost',
        { en: 'Total cost = deductible + self-paid + items', zh: '总费用 = 起付标准 + 自费 + 各类费用' },
        costs.join(' + '),
        totalCost,
      ),
    );
    const parts = items.map((item) =>
      individualPart(yuan(item.amount), ratio(item.firstShare), ratio(item.individualShare)),
    );
    const exact = parts.reduce((all, part) => all.plus(part), yuan(deductible).plus(yuan(selfPaidCost)));
    const individualPayment = exact.toMoney('fen-half-up');
    note(() =>
      step(
        'individualPayment',
        {
          en: 'Individual payment = deductible + self-paid + per item first share and share of the rest',
          zh: '个人负担 = 起付标准 + 自费 + 各类先行自付与比例自付',
        },
        [deductible, selfPaidCost, ...parts.map(String)].join(' + '),
        individualPayment,
        'fen-half-up',
      ),
    );
    const poolPayment = totalCost.minus(individualPayment);
    note(() =>
      step(
        'poolPayment',
        { en: 'Pool payment = total cost − individual payment', zh: '统筹支付 = 总费用 − 个人负担' },
        `${totalCost.toString()} − ${individualPayment.toString()}`,
        poolPayment,
      ),
    );
    // A settlement without any cost has no share to speak of.
    if (totalCost.isZero) return { totalCost, individualPayment, poolPayment };
    const share = Fraction.ofMoney(poolPayment).over(Fraction.ofMoney(totalCost)).rounded(4, 'half-up');
    const fundShare = share.toFixed(4);
    note(() =>
      step(
        'fundShare',
        { en: 'Fund share = pool payment ÷ total cost', zh: '基金支付比例 = 统筹支付 ÷ 总费用' },
        `${poolPayment.toString()} ÷ ${totalCost.toString()}`,
        fundShare,
        'half-up-4',
      ),
    );
    return { totalCost, individualPayment, poolPayment, fundShare };
  },
});
