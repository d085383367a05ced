import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { countFrom, Decimal, fields } from '../calculation/input-fields.js';
import { inputError } from '../calculation/input-error.js';

/** Decimals of a published figure. */
export const Decimals = countFrom(0, 30);

const Inputs = fields({ numerator: Decimal, denominator: Decimal, decimals: Decimals });

/** Ratio of two published figures, e.g. workers per retiree. */
export const statisticsRatioFormula = defineFormula({
  name: 'statistics-ratio',
  title: { en: 'Ratio of two published figures', zh: '比率' },
  law: '统计指标定义 (definition of the indicator)',
  inputs: Inputs,
  compute: ({ numerator, denominator, decimals }, _law, note) => {
    const divisor = Fraction.of(denominator);
    if (divisor.isZero) throw inputError('denominator', 'must not be 0', '"8041"');
    const ratio = Fraction.of(numerator).over(divisor).rounded(decimals, 'half-up').toFixed(decimals);
    note(() =>
      step(
        'ratio',
        {
          en: `Ratio = numerator ÷ denominator, ${decimals} decimals`,
          zh: `比率 = 分子 ÷ 分母，保留${decimals}位小数`,
        },
        `${numerator} ÷ ${denominator}`,
        ratio,
        'half-up',
      ),
    );
    return { ratio };
  },
});
