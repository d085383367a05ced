import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Decimal, fields } from '../calculation/input-fields.js';
import { inputError } from '../calculation/input-error.js';
import { Decimals } from './statistics-ratio.js';

const Inputs = fields({ current: Decimal, previous: Decimal, decimals: Decimals });

/** Growth of a published figure as a fraction: 0.046 is 4.6 %. A fall rounds like a rise. */
export const statisticsGrowthFormula = defineFormula({
  name: 'statistics-growth',
  title: { en: 'Growth of a published figure', zh: '增长率' },
  law: '统计指标定义 (definition of the indicator)',
  inputs: Inputs,
  compute: ({ current, previous, decimals }, _law, note) => {
    const before = Fraction.of(previous);
    if (before.isZero) throw inputError('previous', 'must not be 0', '"24565"');
    const exact = Fraction.of(current).over(before).minus(Fraction.one);
    const growth = exact.rounded(decimals, 'half-up').toFixed(decimals);
    note(() =>
      step(
        'growth',
        {
          en: `Growth = current ÷ previous − 1, ${decimals} decimals`,
          zh: `增长率 = 本期 ÷ 上期 − 1，保留${decimals}位小数`,
        },
        `${current} ÷ ${previous} − 1`,
        growth,
        'half-up',
      ),
    );
    return { growth };
  },
});
