import { Money } from '@provident/kernel';
import { textOf } from '../book/read-value.js';
import { type Note, step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Amount, choice, DateText, fields } from '../calculation/input-fields.js';
import type { Law } from '../calculation/law.js';
import { dayNumber } from '../calculation/plain-date.js';
import { amount, ratio } from '../calculation/read-input.js';
import { refusal } from '../calculation/refusal.js';
import { capped, LateFeeCap, lateFee } from './late-fee.js';

const Inputs = fields({
  principal: Amount,
  from: DateText,
  to: DateText,
  dayCount: choice(['inclusive', 'exclude-payment-day']),
  cap: LateFeeCap,
});

const RATE = 'late_fee.daily_rate';

export interface LateFeeSegment {
  readonly dailyRate: string;
  readonly days: number;
  readonly fee: Money;
}

/** One segment for each rate in force on the counted days, in date order. `end` is the day after the last counted one. */
function segments(principal: Money, start: number, end: number, law: Law, note: Note): readonly LateFeeSegment[] {
  return law.periods(RATE, start, end).map(({ value, days }, index) => {
    const dailyRate = textOf(value);
    const fee = lateFee(principal, ratio(dailyRate), days);
    note(() =>
      step(
        `segments[${index}]`,
        {
          en: `Fee of the ${days} days that bear this rate = principal × daily rate × days`,
          zh: `适用本日加收率的${days}天 = 欠缴本金 × 日加收率 × 天数`,
        },
        `${principal.toString()} × ${dailyRate} × ${days}`,
        fee,
        'fen-half-up',
        value,
      ),
    );
    return { dailyRate, days, fee };
  });
}

/** Late fee between two days; every counted day bears the rate in force on it (2 per mille until 2011-06-30). */
export const lateFeeByDatesFormula = defineFormula({
  name: 'late-fee-by-dates',
  title: { en: 'Late fee between dates, split by rate', zh: '滞纳金分段计算' },
  law: '社会保险费征缴暂行条例 第13条; 社会保险法 第86条; 行政强制法 第45条',
  inputs: Inputs,
  refusals: ['dates-reversed', 'before-first-rate'],
  compute: ({ principal: text, from, to, dayCount, cap }, law, note) => {
    const principal = amount(text);
    const start = dayNumber('from', from);
    const end = dayNumber('to', to) + (dayCount === 'inclusive' ? 1 : 0);
    if (to < from) throw datesReversed(from, to);
    if (!law.has(RATE, from)) throw beforeFirstRate(from);
    const days = end - start;
    note(() =>
      step(
        'days',
        dayCount === 'inclusive'
          ? { en: 'Days = payment day − first overdue day + 1', zh: '天数 = 缴款日 − 欠缴首日 + 1' }
          : { en: 'Days = payment day − first overdue day', zh: '天数 = 缴款日 − 欠缴首日' },
        `${from} … ${to}`,
        days,
      ),
    );
    const parts = segments(principal, start, end, law, note);
    const sum = Money.sum(parts.map(({ fee }) => fee));
    note(() =>
      step(
        'fee',
        { en: 'Fee = sum of the segments', zh: '滞纳金 = 各段之和' },
        parts.map(({ fee }) => fee.toString()).join(' + '),
        sum,
      ),
    );
    return { days, segments: parts.map((part) => ({ ...part })), fee: capped(sum, principal, cap, note) };
  },
});

function datesReversed(from: string, to: string) {
  return refusal(
    'dates-reversed',
    `The payment day ${to} is before the first overdue day ${from}.`,
    'A late fee runs from the first overdue day to the payment day (社会保险法 第86条).',
    'Give a payment day that is not before the first overdue day.',
  );
}

function beforeFirstRate(from: string) {
  return refusal(
    'before-first-rate',
    `No late-fee rate was in force on ${from}.`,
    'The first national rate is in force from 1999-01-22 (社会保险费征缴暂行条例).',
    'Start on 1999-01-22 or later.',
  );
}
