import { Money } from '@provident/kernel';
import { type Static, Type } from '@sinclair/typebox';
import { textOf } from '../book/read-value.js';
import { step } from '../calculation/explanation.js';
import { defineFormula } from '../calculation/formula.js';
import { Fraction } from '../calculation/fraction.js';
import { Amount, fields, MonthText, Ratio } from '../calculation/input-fields.js';
import { inputError } from '../calculation/input-error.js';
import { monthIndex, monthText } from '../calculation/plain-date.js';
import { amount, ratio } from '../calculation/read-input.js';

const Segment = fields({ fromMonth: MonthText, toMonth: MonthText, base: Amount });

const Inputs = fields({
  segments: Type.Array(Segment, { minItems: 1 }),
  poolRate: Ratio,
  accountBalance: Amount,
});

/** Money that moves with a person to another province: 12 % of the bases since 1998-01, and the whole account. */
export const pensionTransferFormula = defineFormula({
  name: 'pension-transfer',
  title: { en: 'Money of a cross-province pension transfer', zh: '养老保险转移资金' },
  law: '国办发〔2009〕66号 第4条',
  inputs: Inputs,
  supplied: { poolRate: 'transfer.pension_pool_rate' },
  compute: ({ segments, poolRate, accountBalance }, law, note) => {
    refuseDisorder(segments);
    const start = law.take('transfer.pension_pool_start');
    const first = monthIndex(textOf(start));
    const counted = segments.map(({ fromMonth, toMonth, base }) => ({
      base: amount(base),
      months: Math.max(0, monthIndex(toMonth) - Math.max(first, monthIndex(fromMonth)) + 1),
    }));
    const months = counted.reduce((all, segment) => all + segment.months, 0);
    const baseTotal = Money.sum(counted.map(({ base, months: of }) => Money.fromFen(base.fen * BigInt(of))));
    const poolAmount = Fraction.ofMoney(baseTotal).times(ratio(poolRate)).toMoney('fen-half-up');
    const accountAmount = amount(accountBalance);
    const total = poolAmount.plus(accountAmount);
    note(() =>
      step(
        'months',
        { en: `Months of the segments from ${textOf(start)} on`, zh: `${textOf(start)}起各段月数` },
        counted.map((segment) => String(segment.months)).join(' + '),
        months,
        start,
      ),
    );
    note(() =>
      step(
        'baseTotal',
        { en: 'Base total = sum of the monthly bases', zh: '缴费基数合计 = 各月缴费基数之和' },
        counted.map((segment) => `${segment.months} × ${segment.base.toString()}`).join(' + '),
        baseTotal,
      ),
    );
    note(() =>
      step(
        'poolAmount',
        { en: 'Pool money = base total × pool rate', zh: '统筹基金转移额 = 缴费基数合计 × 转移比例' },
        `${baseTotal.toString()} × ${poolRate}`,
        poolAmount,
        'fen-half-up',
      ),
    );
    note(() =>
      step(
        'total',
        { en: 'Total = pool money + account balance', zh: '转移总额 = 统筹基金转移额 + 个人账户储存额' },
        `${poolAmount.toString()} + ${accountAmount.toString()}`,
        total,
      ),
    );
    return { months, baseTotal, poolAmount, accountAmount, total };
  },
});

/** A person has one base in a month: segments run forwards and do not share a month. */
function refuseDisorder(segments: readonly Static<typeof Segment>[]): void {
  const seen: { from: number; to: number }[] = [];
  for (const [index, { fromMonth, toMonth }] of segments.entries()) {
    const [from, to] = [monthIndex(fromMonth), monthIndex(toMonth)];
    if (to < from) {
      throw inputError(`segments[${index}].toMonth`, `is before fromMonth ${fromMonth}`, `"${fromMonth}"`);
    }
    const other = seen.find((earlier) => from <= earlier.to && earlier.from <= to);
    if (other !== undefined) {
      const after = monthText(other.to + 1);
      throw inputError(`segments[${index}].fromMonth`, 'shares a month with an earlier segment', `"${after}"`);
    }
    seen.push({ from, to });
  }
}
