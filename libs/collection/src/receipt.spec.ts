import { businessDate, deterministicId, Money } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { type ReceiptCommand, receipt, receiptIdOf } from './receipt.js';

const EMPLOYER = '91350100M000100Y43';
const day = businessDate('2025-07-15');
const line = {
  ...{ fund: 'work-injury' as const, amount: Money.of('0.01'), bankReference: 'B-1', valueDate: day },
  pays: 'late-fee' as const,
};
const receiptId = receiptIdOf(line.fund, line.bankReference);
const match: ReceiptCommand = { type: 'MatchReceipt', employer: EMPLOYER, ...line };
const hold: ReceiptCommand = { type: 'HoldReceipt', payerName: '某公司', purpose: '', ...line };
const found: ReceiptCommand = {
  ...{ type: 'IdentifyReceipt', receiptId, employer: EMPLOYER, identifiedOn: businessDate('2025-07-20') },
  reason: '经核实',
};

describe('what a receipt is for', () => {
  it('goes with it to the employer, and makes another line of the same reference', () => {
    const { events } = given(receipt).when(match);
    expect(events).toMatchObject([{ type: 'ReceiptMatched', data: { pays: 'late-fee' } }]);
    given(receipt, ...events)
      .when(match)
      .thenNothing();
    given(receipt, ...events)
      .when({ ...match, pays: undefined })
      .thenRefused('bank-reference-reused');
    const plain = given(receipt).when({ ...match, pays: undefined });
    expect(plain.events[0]?.data).not.toHaveProperty('pays');
  });

  it('is kept while the payer is unknown, unless who finds him says better', () => {
    const { events } = given(receipt).when(hold);
    expect(given(receipt, ...events).when(found).events[0]?.data).toEqual({
      ...{ receiptId, employer: EMPLOYER, fund: 'work-injury', amount: '0.01', identifiedOn: '2025-07-20' },
      ...{ receivedOn: '2025-07-15', reason: '经核实', pays: 'late-fee' },
    });
    const unsaid = given(receipt).when({ ...hold, pays: undefined }).events;
    const said = given(receipt, ...unsaid).when({ ...found, pays: 'late-fee' });
    expect(said.events[0]?.data).toMatchObject({ pays: 'late-fee' });
    // The bank's file again, in which the line says nothing: the same line.
    given(receipt, ...unsaid, ...said.events)
      .when({ ...hold, pays: undefined })
      .thenNothing();
  });
});

it('a receipt has its id of fund and reference', () => {
  expect(receiptId).toBe(deterministicId('receipt', 'work-injury', 'B-1'));
});
