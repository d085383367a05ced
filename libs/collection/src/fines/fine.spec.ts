import { type BusinessDate, businessDate, deterministicId, Money, Rate } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { type DuesCommand, dues } from '../dues.js';
import { duesPosition } from '../dues-position.js';
import type { DuesEvent } from '../events.js';
import { sumsOf } from '../owed-sums.js';
import { LAW } from '../testing/law.js';
import { fineIdOf } from './fine.js';

const EMPLOYER = '91350100M000100Y43';
const NUMBER = '沪人社罚决〔2025〕12号';
const FINE = fineIdOf(EMPLOYER, NUMBER);
const HASH = 'd'.repeat(64);
const day = (text: string): BusinessDate => businessDate(text);
const PARAMETER = {
  ...{ id: 'fine.non_payment_multiple', area: '000000', from: '2011-07-01', value: '{"least":"1","most":"3"}' },
  ...{ legalBasis: '《社会保险法》 第86条', confidence: 'law-text' },
};

type Imposing = Extract<DuesCommand, { type: 'ImposeFine' }>;
function impose(changes: Partial<Imposing> = {}): Imposing {
  return {
    ...{ type: 'ImposeFine', employer: EMPLOYER, decisionNumber: NUMBER, ground: 'non-payment', documentHash: HASH },
    ...{ base: Money.of('1000.00'), amount: Money.of('2000.00') },
    ...{ orderExpiredOn: day('2025-03-31'), imposedOn: day('2025-04-10'), lateFees: LAW },
    range: { least: Rate.of('1'), most: Rate.of('3'), parameter: PARAMETER },
    ...changes,
  };
}
const pay = (amount: string, paymentReference: string, on = '2025-04-20'): DuesCommand => ({
  ...{ type: 'PayFine', employer: EMPLOYER, fineId: FINE, amount: Money.of(amount), paidOn: day(on), paymentReference },
});
const revoke: DuesCommand = {
  ...{ type: 'RevokeFine', employer: EMPLOYER, fineId: FINE, decisionNumber: '沪府复决〔2025〕3号' },
  ...{ revokedOn: day('2025-05-10'), reason: '主要事实不清', documentHash: HASH },
};
const close: DuesCommand = {
  ...{ type: 'CloseDues', employer: EMPLOYER, requestId: deterministicId('end'), on: day('2025-06-01'), lateFees: LAW },
};
function history(...commands: DuesCommand[]): DuesEvent[] {
  const events: DuesEvent[] = [];
  for (const command of commands) events.push(...given(dues, ...events).when(command).events);
  return events;
}
const owed = (events: readonly DuesEvent[]) =>
  sumsOf(duesPosition(events.reduce(dues.evolve, dues.initial), day('2025-06-01'), LAW)).fines.toString();

describe('a fine', () => {
  it('is imposed by a decision, once', () => {
    given(dues)
      .when(impose())
      .then({
        type: 'FineImposed',
        data: {
          ...{ fineId: FINE, employer: EMPLOYER, decisionNumber: NUMBER, ground: 'non-payment', base: '1000.00' },
          ...{ amount: '2000.00', orderExpiredOn: day('2025-03-31'), imposedOn: day('2025-04-10'), documentHash: HASH },
          parameter: PARAMETER,
        },
      });
    given(dues, ...history(impose()))
      .when(impose())
      .thenNothing();
    given(dues, ...history(impose()))
      .when(impose({ amount: Money.of('3000.00') }))
      .thenRefused('fine-decision-known');
  });

  it('is one to three times its base, and follows an order that had expired', () => {
    given(dues)
      .when(impose({ amount: Money.of('1000.00') }))
      .thenTypes('FineImposed');
    given(dues)
      .when(impose({ amount: Money.of('3000.00') }))
      .thenTypes('FineImposed');
    given(dues)
      .when(impose({ amount: Money.of('999.99') }))
      .thenRefused('fine-multiple');
    given(dues)
      .when(impose({ amount: Money.of('3000.01') }))
      .thenRefused('fine-multiple');
    given(dues)
      .when(impose({ base: Money.zero, amount: Money.zero }))
      .thenRefused('fine-multiple');
    given(dues)
      .when(impose({ imposedOn: day('2025-03-31') }))
      .thenRefused('fine-before-order-expired');
  });

  it('is paid in parts, each receipt of the treasury once, and no more than it is', () => {
    const events = history(impose(), pay('1999.99', 'T1'));
    expect(owed(events)).toBe('0.01');
    given(dues, ...events)
      .when(pay('1999.99', 'T1'))
      .thenNothing();
    given(dues, ...events)
      .when(pay('0.02', 'T2'))
      .thenRefused('fine-payment-amount');
    given(dues, ...events)
      .when(pay('0.00', 'T2'))
      .thenRefused('fine-payment-amount');
    given(dues, ...events)
      .when(pay('0.01', 'T2', '2025-04-09'))
      .thenRefused('fine-paid-too-early');
    given(dues, ...events)
      .when(close)
      .thenTypes('DuesFoundOpen');
    given(dues, ...events, ...history(impose(), pay('1999.99', 'T1'), pay('0.01', 'T2')).slice(events.length))
      .when(close)
      .thenTypes('DuesClosed');
  });

  it('is no longer owed once it is revoked', () => {
    const events = history(impose(), revoke);
    expect([owed(history(impose())), owed(events)]).toEqual(['2000.00', '0.00']);
    given(dues, ...events)
      .when(revoke)
      .thenNothing();
    given(dues, ...events)
      .when(pay('1.00', 'T1'))
      .thenRefused('fine-payment-amount');
    given(dues, ...events)
      .when(close)
      .thenTypes('DuesClosed');
    given(dues).when(revoke).thenRefused('fine-unknown');
    given(dues).when(pay('1.00', 'T1')).thenRefused('fine-unknown');
    given(dues, ...history(impose()))
      .when({ ...revoke, revokedOn: day('2025-04-09') })
      .thenRefused('fine-revoked-too-early');
  });

  it('opens dues again that were closed for a cancellation', () => {
    const closed = history(close);
    const outcome = given(dues, ...closed).when(impose());
    outcome.thenTypes('FineImposed', 'DuesReopened');
    expect(outcome.events[1]?.data).toMatchObject({ owed: [{ kind: 'fine', amount: '2000.00' }] });
  });
});
