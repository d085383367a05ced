import { Type } from '@sinclair/typebox';
import { textOf } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, fields } from '../calculation/input-fields.js';
import { optionalAmount, ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields({ nationalDisposableIncome: Amount, funeralGrant: Type.Optional(Amount) });

/** One-off death grant: 20 times the national urban disposable income of the year before the death. */
export const deathGrantFormula = defineFormula({
  name: 'work-injury-death-grant',
  title: { en: 'One-off work-injury death grant', zh: '一次性工亡补助金' },
  law: '工伤保险条例 第39条',
  inputs: Inputs,
  supplied: { nationalDisposableIncome: 'income.national_urban_previous_year' },
  compute: ({ nationalDisposableIncome, funeralGrant }, law, note) => {
    const times = law.take('wi.death_lump_sum');
    const deathGrant = yuan(nationalDisposableIncome)
      .times(ratio(textOf(times)))
      .toMoney('fen-half-up');
    note(() =>
      step(
        'deathGrant',
        {
          en: 'Death grant = 20 × national urban disposable income',
          zh: '一次性工亡补助金 = 上一年度全国城镇居民人均可支配收入 × 20',
        },
        `${nationalDisposableIncome} × ${textOf(times)}`,
        deathGrant,
        times,
      ),
    );
    const funeral = optionalAmount(funeralGrant);
    if (funeral === undefined) return { deathGrant };
    const total = deathGrant.plus(funeral);
    note(() =>
      step(
        'total',
        { en: 'Total = death grant + funeral grant', zh: '合计 = 一次性工亡补助金 + 丧葬补助金' },
        `${deathGrant.toString()} + ${funeral.toString()}`,
        total,
      ),
    );
    return { deathGrant, total };
  },
});
