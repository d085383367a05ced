import { Type } from '@sinclair/typebox';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Decimal, fields } from '../calculation/input-fields.js';

const Inputs = fields({ parts: Type.Array(Decimal, { minItems: 1 }), publishedTotal: Decimal, tolerance: Decimal });

/** Whether published parts add up to their published total, in the unit of the publication. Nothing is rounded. */
export const statisticsTotalFormula = defineFormula({
  name: 'statistics-total',
  title: { en: 'Identity of a published total', zh: '合计核对' },
  law: '统计表内勾稽关系 (identity within a statistical table)',
  inputs: Inputs,
  compute: ({ parts, publishedTotal, tolerance }, _law, note) => {
    const sum = parts.map((part) => Fraction.of(part)).reduce((all, part) => all.plus(part), Fraction.zero);
    const gap = Fraction.of(publishedTotal).minus(sum);
    const size = gap.isNegative ? Fraction.zero.minus(gap) : gap;
    const consistent = size.compare(Fraction.of(tolerance)) <= 0;
    note(() => step('computedTotal', { en: 'Sum of the parts', zh: '各分项之和' }, parts.join(' + '), sum.toDecimal()));
    note(() =>
      step(
        'difference',
        { en: 'Difference = published − computed', zh: '差额 = 公布数 − 计算数' },
        `${publishedTotal} − ${sum.toDecimal()}`,
        gap.toDecimal(),
      ),
    );
    note(() =>
      step(
        'consistent',
        { en: 'Consistent when the difference is within the tolerance', zh: '差额绝对值不超过容差即为一致' },
        `|${gap.toDecimal()}| ≤ ${tolerance}`,
        consistent,
      ),
    );
    return { computedTotal: sum.toDecimal(), difference: gap.toDecimal(), consistent };
  },
});
