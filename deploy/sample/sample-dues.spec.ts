import { heldIn, lateFeeRule } from '@provident/collection';
import { type DuesCommand, dues } from '@provident/collection/dues';
import type { DuesState } from '@provident/collection/dues-state';
import { businessDate, FUNDS, fundOf, lastDayOf, type Month } from '@provident/kernel';
import { contributionTerms, loadPolicy } from '@provident/policy';
import { LATE, OVER, SHORT, UNIDENTIFIED } from './receipts.js';
import { AREA, inventSample } from './sample.js';
import { MONTHS } from './staff-year.js';

const sample = inventSample();
const LATE_FEES = lateFeeRule(loadPolicy(), AREA);
const at = (text: string) => text as Month;

/** An employer's dues after a month's declaration and receipts, by the product's own decider. */
function duesAfter(index: number): Map<Month, DuesState> {
  const employer = sample.employers[index]?.creditCode ?? '';
  const terms = contributionTerms(loadPolicy(), { area: AREA, month: at('2025-01'), riskClass: 1 });
  const states = new Map<Month, DuesState>();
  let state = dues.initial;
  const run = (command: DuesCommand) => {
    for (const event of dues.decide(command, state)) state = dues.evolve(state, event);
  };
  for (const month of MONTHS) {
    if (index === UNIDENTIFIED.employerIndex && month === '2025-09') run(identification(employer));
    // One line per fund is enough here: what counts is which month a receipt is set against.
    const lines = new Map(terms.lines.map(({ scheme, payer }) => [fundOf(scheme), { scheme, payer }]));
    const due = Array.from(sample.dues(month, index), ([fund, amount]) => {
      const line = lines.get(fund);
      if (line === undefined) throw new Error(`No line for ${fund}.`);
      return { ...line, due: amount };
    });
    const assessedOn = businessDate(`${month}-08`);
    const assessment = {
      declarationId: month,
      employer,
      month,
      dueDate: lastDayOf(month),
      headcount: 1,
      due,
      assessedOn,
    };
    run({ type: 'AssessDues', ...assessment, lateFees: LATE_FEES });
    for (const receipt of sample.receipts.get(month) ?? []) {
      if (receipt.creditCode !== employer) continue;
      const { fund, amount, bankReference, valueDate } = receipt;
      run({ type: 'ReceiveContribution', receiptId: bankReference, employer, fund, amount, bankReference, valueDate });
    }
    states.set(month, state);
  }
  return states;
}

/** The story's instruction of September: whose the unclear receipt of August is. */
function identification(employer: string): DuesCommand {
  const unclear = sample.receipts.get(at(UNIDENTIFIED.month))?.find((receipt) => receipt.creditCode === '');
  if (unclear === undefined) throw new Error('No receipt without a payer.');
  const { bankReference: receiptId, fund, amount } = unclear;
  const identifiedOn = businessDate('2025-09-03');
  return { type: 'ApplyIdentifiedReceipt', receiptId, employer, fund, amount, identifiedOn };
}

const open = (states: Map<Month, DuesState>, month: string) => Array.from(states.get(at(month))?.open.keys() ?? []);

describe('the sample under the rules of collection', () => {
  it('settles every month of every employer and leaves nothing held', () => {
    for (const index of sample.employers.keys()) {
      const last = duesAfter(index).get(at('2025-12'));
      expect(last?.open.size).toBe(0);
      expect(last?.settled.size).toBe(12);
      expect(FUNDS.filter((fund) => last !== undefined && heldIn(last, fund).isPositive)).toEqual([]);
    }
  });

  it('leaves the month of the unidentified receipt open until its payer is known', () => {
    const states = duesAfter(UNIDENTIFIED.employerIndex);
    expect(open(states, UNIDENTIFIED.month)).toEqual([UNIDENTIFIED.month]);
    expect(open(states, '2025-09')).toEqual([]);
  });

  it('leaves the late payer’s months open until May', () => {
    const states = duesAfter(LATE.employerIndex);
    expect(open(states, '2025-03')).toEqual(['2025-03']);
    expect(open(states, '2025-04')).toEqual(['2025-03', '2025-04']);
    expect(open(states, '2025-05')).toEqual([]);
  });

  it('leaves the short payer’s month open until the next', () => {
    const states = duesAfter(SHORT.employerIndex);
    expect(open(states, SHORT.month)).toEqual([SHORT.month]);
    expect(open(states, '2025-05')).toEqual([]);
  });

  it('holds what was paid too much until the next month', () => {
    const states = duesAfter(OVER.employerIndex);
    const held = (month: string) => heldIn(states.get(at(month)) ?? dues.initial, OVER.fund).toString();
    expect(held(OVER.month)).toBe(OVER.excess);
    expect(held(OVER.nextMonth)).toBe('0.00');
    expect(open(states, OVER.nextMonth)).toEqual([]);
  });
});
