import { Type } from '@sinclair/typebox';
import { textOf } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, exactlyOneOf, fields } from '../calculation/input-fields.js';
import { ratio, yuan } from '../calculation/read-input.js';

const Inputs = fields(
  { averageMonthlyWage: Type.Optional(Amount), averageAnnualWage: Type.Optional(Amount) },
  exactlyOneOf(['averageMonthlyWage'], ['averageAnnualWage']),
);

/** Funeral grant: six months of the pooling area's average wage of the year before. */
export const funeralGrantFormula = defineFormula({
  name: 'work-injury-funeral-grant',
  title: { en: 'Work-injury funeral grant', zh: '丧葬补助金(工伤)' },
  law: '工伤保险条例 第39条',
  inputs: Inputs,
  supplied: { averageMonthlyWage: 'wage.average' },
  replacedBy: { averageMonthlyWage: ['averageAnnualWage'] },
  compute: ({ averageMonthlyWage, averageAnnualWage }, law, note) => {
    const months = law.take('wi.death_funeral');
    const times = ratio(textOf(months));
    const exact =
      averageMonthlyWage === undefined
        ? yuan(averageAnnualWage ?? '0.00')
            .times(times)
            .over(12)
        : yuan(averageMonthlyWage).times(times);
    const funeralGrant = exact.toMoney('fen-half-up');
    note(() =>
      step(
        'funeralGrant',
        { en: 'Funeral grant = 6 months of the average wage', zh: '丧葬补助金 = 6个月统筹地区上年度职工月平均工资' },
        averageMonthlyWage === undefined
          ? `${averageAnnualWage ?? ''} × ${textOf(months)} ÷ 12`
          : `${averageMonthlyWage} × ${textOf(months)}`,
        funeralGrant,
        'fen-half-up',
        months,
      ),
    );
    return { funeralGrant };
  },
});
