import { businessDate, deterministicId, Money } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { dues } from './dues.js';
import type { DuesEvent } from './events.js';
import type { RefundHeld } from './refund.js';

const EMPLOYER = '91350100M000100Y43';
const refundedOn = businessDate('2025-03-03');
const held = (amount: string): DuesEvent => ({
  type: 'ContributionReceived',
  data: {
    ...{ receiptId: deterministicId(amount), employer: EMPLOYER, fund: 'employee-pension', amount, allocations: [] },
    ...{ bankReference: 'B1', valueDate: businessDate('2025-02-03'), held: amount },
  },
});
const refund = (amount: string, name = amount): RefundHeld => ({
  ...{ type: 'RefundHeld', refundId: deterministicId('refund', name), employer: EMPLOYER, fund: 'employee-pension' },
  ...{ amount: Money.of(amount), refundedOn, reason: 'paid twice' },
});
const refunded = (amount: string, name = amount): DuesEvent => ({
  type: 'HeldReceiptRefunded',
  data: {
    ...{ refundId: deterministicId('refund', name), employer: EMPLOYER, fund: 'employee-pension', amount },
    ...{ refundedOn, reason: 'paid twice' },
  },
});

describe('a refund of an over-payment', () => {
  it('gives back held money, once, and no more than there is', () => {
    given(dues, held('120.00')).when(refund('120.00')).then(refunded('120.00'));
    given(dues, held('120.00'), refunded('120.00')).when(refund('120.00')).thenNothing();
    given(dues, held('120.00'), refunded('100.00')).when(refund('20.01')).thenRefused('refund-exceeds-held');
    given(dues, held('120.00')).when(refund('120.01')).thenRefused('refund-exceeds-held');
    given(dues, held('120.00')).when(refund('0.00')).thenRefused('refund-not-positive');
    given(dues, held('120.00'))
      .when({ ...refund('1.00'), fund: 'unemployment' })
      .thenRefused('refund-exceeds-held');
  });

  it('never lets more go back than came, however it is cut', () => {
    const fen = fc.integer({ min: 1, max: 20_000 });
    fc.assert(
      fc.property(fen, fc.array(fen, { maxLength: 12 }), (came, asked) => {
        const events: DuesEvent[] = [held(Money.fromFen(BigInt(came)).toString())];
        let back = 0;
        asked.forEach((part, place) => {
          const made = given(dues, ...events).when(
            refund(Money.fromFen(BigInt(part)).toString(), String(place)),
          ).events;
          events.push(...made);
          expect(made.length > 0).toBe(back + part <= came);
          if (made.length > 0) back += part;
        });
        expect(back).toBeLessThanOrEqual(came);
      }),
    );
  });
});
