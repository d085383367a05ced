import { accountEventSchemas } from '@provident/accounts/events';
import { caseEventSchemas, noticeEventSchemas, taskEventSchemas, threadEventSchemas } from '@provident/casework/events';
import { declarationEventSchemas, duesEventSchemas, receiptEventSchemas } from '@provident/collection/events';
import { businessDate, Money, month } from '@provident/kernel';
import {
  administratorsEventSchemas,
  cardEventSchemas,
  certificateEventSchemas,
  documentsEventSchemas,
  employerEventSchemas,
  insuredEventSchemas,
  staffingEventSchemas,
} from '@provident/registry/events';
import fc from 'fast-check';
import { accountOf } from './chart-of-accounts.js';
import { EVENTS_WITHOUT_POSTING, HOUSE_TEMPLATES, POSTING_RULES, voucherFor } from './posting-rules.js';
import { contributionCredited, contributionReceived, creditReversed, moneyEvent } from './testing/money-events.js';
import type { Voucher } from './voucher.js';

const JANUARY = month('2026-01');
const DAY = businessDate('2026-02-10');

function written(voucher: Voucher | undefined): string[] {
  return (voucher?.lines ?? []).map(({ side, account, detail, amount }) =>
    `${side === 'debit' ? 'Dr' : 'Cr'} ${account} ${detail} ${amount.toString()}`.replace('  ', ' '),
  );
}

describe('posting rules', () => {
  it('books a receipt by payer, current or late, with the excess as a temporary receipt', () => {
    const voucher = voucherFor(
      contributionReceived({
        ...{ employer: 'E', fund: 'employee-medical', held: Money.of('5'), day: DAY },
        parts: [
          { month: JANUARY, payer: 'employee', amount: Money.of('20'), late: false },
          { month: JANUARY, payer: 'employer', amount: Money.of('90'), late: false },
          { month: month('2025-12'), payer: 'employer', amount: Money.of('80'), late: true },
          { month: month('2025-11'), payer: 'employer', amount: Money.of('1'), late: true },
        ],
      }),
    );
    expect(voucher).toMatchObject({ fund: 'employee-medical', templates: ['JT01', 'JT34'] });
    expect(written(voucher)).toEqual([
      'Dr 1002 196.00',
      'Cr 4001 personal.employee.current 20.00',
      'Cr 4001 pooled.employer.current 90.00',
      'Cr 4001 pooled.employer.late 81.00',
      'Cr 2001 held 5.00',
    ]);
  });

  it('books a credit in the memorandum accounts, and its reversal in red on the same sides', () => {
    expect(written(voucherFor(contributionCredited('P', 'E', JANUARY, Money.of('800'), DAY)))).toEqual([
      'Dr B001 principal 800.00',
      'Cr B002 principal 800.00',
    ]);
    expect(written(voucherFor(creditReversed('P', 'E', JANUARY, Money.of('800'), DAY)))).toEqual([
      'Dr B001 principal -800.00',
      'Cr B002 principal -800.00',
    ]);
  });

  it('books a refunded over-payment out of the temporary receipt and the income account', () => {
    const refund = {
      ...{ refundId: 'r', employer: 'E', fund: 'unemployment', amount: '7.00', refundedOn: DAY, reason: 'paid twice' },
    };
    const voucher = voucherFor({ type: 'HeldReceiptRefunded', data: refund });
    expect(voucher).toMatchObject({ fund: 'unemployment', templates: ['H03'] });
    expect(written(voucher)).toEqual(['Dr 2001 held 7.00', 'Cr 1002 7.00']);
  });

  it('books late fees as other income of their fund, with the excess as a temporary receipt', () => {
    const allocations = [
      { feeId: 'a', month: JANUARY, scheme: 'medical' as const, amount: '0.50' },
      { feeId: 'b', month: JANUARY, scheme: 'maternity' as const, amount: '0.25' },
    ];
    const line = {
      receiptId: 'r',
      employer: 'E',
      fund: 'employee-medical' as const,
      bankReference: 'B',
      valueDate: DAY,
    };
    const received = { ...line, amount: '1.00', allocations, held: '0.25' };
    const voucher = voucherFor({ type: 'LateFeeReceived', data: received });
    expect(voucher).toMatchObject({ fund: 'employee-medical', templates: ['JT10', 'JT34'] });
    expect(written(voucher)).toEqual(['Dr 1002 1.00', 'Cr 4501 pooled.late-fee 0.75', 'Cr 2001 held 0.25']);
    const pension = [{ feeId: 'c', month: JANUARY, scheme: 'pension' as const, amount: '0.25' }];
    const applied = { employer: 'E', fund: 'employee-pension' as const, allocations: pension, appliedOn: DAY };
    const later = voucherFor({ type: 'HeldAppliedToLateFees', data: applied });
    expect(later).toMatchObject({ templates: ['H04'] });
    expect(written(later)).toEqual(['Dr 2001 held 0.25', 'Cr 4501 late-fee 0.25']);
    expect(() => voucherFor({ type: 'LateFeeReceived', data: { ...received, allocations: pension } })).toThrow(
      'funds never mix',
    );
  });

  it('posts nothing where nothing moves, nor where the money goes to the treasury', () => {
    expect(voucherFor({ type: 'LateFeeCharged', data: {} })).toBeUndefined();
    expect(voucherFor({ type: 'FinePaid', data: {} })).toBeUndefined();
    expect(voucherFor(contributionCredited('P', 'E', JANUARY, Money.zero, DAY))).toBeUndefined();
    expect(voucherFor({ type: 'PersonRegistered', data: {} })).toBeUndefined();
  });

  it('refuses an event whose parts do not add up, or that mixes funds', () => {
    const event = contributionReceived({
      employer: 'E',
      fund: 'unemployment',
      parts: [],
      held: Money.of('5'),
      day: DAY,
    });
    expect(() => voucherFor({ ...event, data: { ...event.data, amount: '6.00' } })).toThrow(
      'moves 6.00 but posts 5.00',
    );
    const foreign = { month: JANUARY, scheme: 'pension', payer: 'employee', amount: '1.00', late: false };
    expect(() => voucherFor({ ...event, data: { ...event.data, allocations: [foreign] } })).toThrow('funds never mix');
  });

  it('balances any money event, on accounts of the chart', () => {
    fc.assert(
      fc.property(moneyEvent, ({ event }) => {
        for (const line of voucherFor(event)?.lines ?? []) expect(accountOf(line.account)).toBeDefined();
      }),
    );
  });

  it('knows every event type there is, and every template', () => {
    const types = [
      ...[employerEventSchemas, insuredEventSchemas, declarationEventSchemas, duesEventSchemas],
      ...[certificateEventSchemas, cardEventSchemas, staffingEventSchemas],
      ...[administratorsEventSchemas, documentsEventSchemas],
      ...[receiptEventSchemas, accountEventSchemas],
      ...[caseEventSchemas, threadEventSchemas, noticeEventSchemas, taskEventSchemas],
    ].flatMap((schemas) => Object.keys(schemas));
    expect([...Object.keys(POSTING_RULES), ...EVENTS_WITHOUT_POSTING].sort()).toEqual([...types].sort());
    expect(Object.keys(HOUSE_TEMPLATES)).toEqual(['H01', 'H02', 'H03', 'H04', 'H05', 'H11', 'H12']);
  });
});
