import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import type { PolicyValue } from '../book/policy-value.js';
import { field } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import type { Fraction } from '../calculation/fraction.js';
import { Amount, choice, fields } from '../calculation/input-fields.js';
import { amount, ratio, yuan } from '../calculation/read-input.js';

const Dependant = fields({ relation: choice(['spouse', 'other']), loneOrOrphan: Type.Boolean({ examples: [false] }) });

const Inputs = fields({ monthlyWage: Amount, dependants: Type.Array(Dependant, { minItems: 1 }) });

/** 40 % for the spouse, 30 % for another relative, 10 points more for a lone elder or an orphan. */
export function dependantShare({ relation, loneOrOrphan }: Static<typeof Dependant>, shares: PolicyValue): Fraction {
  const share = ratio(field(shares, relation));
  return loneOrOrphan ? share.plus(ratio(field(shares, 'loneOrOrphanExtra'))) : share;
}

/** Monthly pension of those whom the dead worker supported; together never more than the own wage. */
export const dependantsPensionFormula = defineFormula({
  name: 'work-injury-dependants-pension',
  title: { en: "Dependants' pension", zh: '供养亲属抚恤金' },
  law: '工伤保险条例 第39条; 因工死亡职工供养亲属范围规定 (劳社部令第18号)',
  inputs: Inputs,
  compute: ({ monthlyWage, dependants }, law, note) => {
    const shares = law.take('wi.death_dependants_ratio');
    const pensions = dependants.map((dependant, index) => {
      const share = dependantShare(dependant, shares);
      const pension = yuan(monthlyWage).times(share).toMoney('fen-half-up');
      note(() =>
        step(
          `dependants[${index}]`,
          {
            en: `Own wage × share of ${dependant.relation === 'spouse' ? 'the spouse' : 'a relative'}${dependant.loneOrOrphan ? ', lone or orphan' : ''}`,
            zh: `本人工资 × ${dependant.relation === 'spouse' ? '配偶' : '其他亲属'}比例${dependant.loneOrOrphan ? '(孤寡老人或孤儿加10个百分点)' : ''}`,
          },
          `${monthlyWage} × ${share.toString()}`,
          pension,
          'fen-half-up',
          shares,
        ),
      );
      return pension;
    });
    const uncappedTotal = Money.sum(pensions);
    const total = Money.min(uncappedTotal, amount(monthlyWage));
    note(() =>
      step(
        'uncappedTotal',
        { en: 'Sum of the pensions', zh: '各供养亲属抚恤金之和' },
        pensions.map(String).join(' + '),
        uncappedTotal,
      ),
    );
    note(() =>
      step(
        'total',
        { en: 'Together not above the own wage', zh: '合计不高于本人生前工资' },
        `min(${uncappedTotal.toString()}, ${monthlyWage})`,
        total,
      ),
    );
    return { uncappedTotal, total };
  },
});
