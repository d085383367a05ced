import { Money } from '@provident/kernel';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, fields, Ratio } from '../calculation/input-fields.js';
import { amount, ratio } from '../calculation/read-input.js';

const Inputs = fields({ firstStageAmount: Amount, stageRatio: Ratio, subsistenceFloor: Amount });

/** Benefit of months 13 to 24, and of the time extended close to retirement age; never below the subsistence floor. */
export const unemploymentBenefitLadderFormula = defineFormula({
  name: 'unemployment-benefit-ladder',
  title: { en: 'Unemployment benefit by stage', zh: '失业保险金分段标准' },
  law: '社会保险法 第47条; e.g. 沪人社规〔2026〕7号',
  inputs: Inputs,
  supplied: {
    firstStageAmount: 'ui.first_stage_amount',
    stageRatio: 'ui.stage_ratio',
    subsistenceFloor: 'ui.subsistence_floor',
  },
  compute: ({ firstStageAmount, stageRatio, subsistenceFloor }, _law, note) => {
    const floor = amount(subsistenceFloor);
    const next = (stage: Money) => Fraction.ofMoney(stage).times(ratio(stageRatio)).toMoney('fen-half-up');
    const secondByRatio = next(amount(firstStageAmount));
    const secondStageAmount = Money.max(secondByRatio, floor);
    const extendedByRatio = next(secondStageAmount);
    const extendedAmount = Money.max(extendedByRatio, floor);
    note(() =>
      step(
        'secondStageAmount',
        {
          en: 'Months 13 to 24 = first stage × ratio, at least the floor',
          zh: '第13至24个月 = 第一段标准 × 比例，不低于保障线',
        },
        `max(${firstStageAmount} × ${stageRatio}, ${subsistenceFloor})`,
        secondStageAmount,
        'fen-half-up',
      ),
    );
    note(() =>
      step(
        'extendedByRatio',
        { en: 'Extended by ratio = second stage × ratio', zh: '延长领取(按比例) = 第二段标准 × 比例' },
        `${secondStageAmount.toString()} × ${stageRatio}`,
        extendedByRatio,
        'fen-half-up',
      ),
    );
    note(() =>
      step(
        'extendedAmount',
        { en: 'Extended = at least the floor', zh: '延长领取标准，不低于保障线' },
        `max(${extendedByRatio.toString()}, ${subsistenceFloor})`,
        extendedAmount,
      ),
    );
    return { secondStageAmount, extendedByRatio, extendedAmount };
  },
});
