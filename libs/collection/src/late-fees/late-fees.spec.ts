import { addDays, type BusinessDate, businessDate, deterministicId, type Fund, Money, month } from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import { loadPolicy } from '@provident/policy';
import fc from 'fast-check';
import { type DuesCommand, dues } from '../dues.js';
import { duesPosition } from '../dues-position.js';
import type { DuesEvent } from '../events.js';
import { heldIn } from '../held.js';
import { sumsOf } from '../owed-sums.js';
import { LAW } from '../testing/law.js';
import { lateFeeRule } from './late-fee-rule.js';

const EMPLOYER = '91350100M000100Y43';
const AREA = '310000';
const day = (text: string): BusinessDate => businessDate(text);
const overlay = (parameter: string, value: string) => ({
  ...{ parameter, area: AREA, from: '1999-01-22', value, basis: { document: 'test' }, source: 'test' },
  confidence: 'official' as const,
});
const CAPPED = lateFeeRule(loadPolicy().withOverlay([overlay('late_fee.cap', 'principal')]), AREA);

/** The dues of a month: pension 160 + 80, medical 90, due on the 28th. */
function assess(of: string, on = `${of}-08`, dueDate = `${of}-28`) {
  const due = [
    { scheme: 'pension' as const, payer: 'employer' as const, due: Money.of('160.00') },
    { scheme: 'pension' as const, payer: 'employee' as const, due: Money.of('80.00') },
    { scheme: 'medical' as const, payer: 'employer' as const, due: Money.of('90.00') },
  ];
  const head = { declarationId: deterministicId(of), employer: EMPLOYER, month: month(of), dueDate: day(dueDate) };
  return { type: 'AssessDues' as const, ...head, headcount: 1, due, assessedOn: day(on), lateFees: LAW };
}

function receipt(fund: Fund, amount: string, on: string, reference = `${fund} ${amount} ${on}`) {
  const bank = { bankReference: reference, valueDate: day(on) };
  return { receiptId: deterministicId(reference), employer: EMPLOYER, fund, amount: Money.of(amount), ...bank };
}
const pay = (...line: Parameters<typeof receipt>): DuesCommand => ({
  type: 'ReceiveContribution',
  ...receipt(...line),
});
const payFee = (...line: Parameters<typeof receipt>): DuesCommand => ({ type: 'ReceiveLateFee', ...receipt(...line) });
const charge = (on: string, lateFees = LAW): DuesCommand => ({
  ...{ type: 'AssessLateFees', employer: EMPLOYER, assessedOn: day(on), lateFees },
});
const close = (on: string): DuesCommand => ({
  ...{ type: 'CloseDues', employer: EMPLOYER, requestId: deterministicId('end'), on: day(on), lateFees: LAW },
});

function history(...commands: DuesCommand[]): DuesEvent[] {
  const events: DuesEvent[] = [];
  for (const command of commands) events.push(...given(dues, ...events).when(command).events);
  return events;
}
const stateAfter = (events: readonly DuesEvent[]) => events.reduce(dues.evolve, dues.initial);
type Charged = Extract<DuesEvent, { type: 'LateFeeCharged' }>;
const feesOf = (events: readonly DuesEvent[]) =>
  events.filter((each): each is Charged => each.type === 'LateFeeCharged');

/** January 2025: pension paid in two parts, ten and twenty days late; medical in time. */
const january = [
  ...[assess('2025-01'), pay('employee-medical', '90.00', '2025-01-20')],
  ...[pay('employee-pension', '100.00', '2025-02-07'), pay('employee-pension', '140.00', '2025-02-17')],
];

describe('the late fee of a month', () => {
  it('is charged on what was paid late, employer’s and employees’ part together, with what it rests on', () => {
    const outcome = given(dues, ...history(...january)).when(charge('2025-03-01'));
    outcome.thenTypes('LateFeeCharged', 'LateFeeCharged');
    // 100.00 × 0.0005 × 10 days, both ends counted, and 140.00 × 0.0005 × 20 days.
    expect(feesOf(outcome.events).map(({ data }) => [data.principal, data.from, data.to, data.days, data.fee])).toEqual(
      [
        ['100.00', '2025-01-29', '2025-02-07', 10, '0.50'],
        ['140.00', '2025-01-29', '2025-02-17', 20, '1.40'],
      ],
    );
    const [first] = feesOf(outcome.events);
    expect(first?.data).toMatchObject({ month: '2025-01', scheme: 'pension', fund: 'employee-pension' });
    expect(first?.data.parameters.map(({ id, legalBasis }) => [id, legalBasis])).toEqual([
      ['late_fee.daily_rate', expect.stringContaining('第86条')],
      ['late_fee.day_count', expect.any(String)],
      ['late_fee.cap', expect.stringContaining('第45条')],
    ]);
  });

  it('is split where the rate changed in the middle of it', () => {
    const late = [assess('2011-06'), pay('employee-medical', '90.00', '2011-07-10')];
    const [fee] = feesOf(history(...late, charge('2011-08-01')));
    expect(fee?.data).toMatchObject({
      segments: [
        { rate: '0.002', days: 2, fee: '0.36' },
        { rate: '0.0005', days: 10, fee: '0.45' },
      ],
      ...{ days: 12, fee: '0.81' },
    });
  });

  it('is charged for each scheme of a fund by itself, and rounded for each', () => {
    const { due, ...rest } = assess('2025-01');
    const maternity = { scheme: 'maternity' as const, payer: 'employer' as const, due: Money.of('9.00') };
    const both = { ...rest, due: [...due, maternity] };
    const fees = feesOf(history(both, pay('employee-medical', '99.00', '2025-01-29'), charge('2025-03-01')));
    // 90.00 × 0.0005 and 9.00 × 0.0005: half up to 0.05, and 0.0045 is none.
    expect(fees.map(({ data }) => [data.scheme, data.principal, data.fee])).toEqual([['medical', '90.00', '0.05']]);
    const later = feesOf(history(both, pay('employee-medical', '99.00', '2025-02-07'), charge('2025-03-01')));
    expect(later.map(({ data }) => [data.scheme, data.fund, data.principal, data.fee])).toEqual([
      ['medical', 'employee-medical', '90.00', '0.45'],
      ['maternity', 'employee-medical', '9.00', '0.05'],
    ]);
  });

  it('is charged once, and only for what had come by the day', () => {
    const events = history(...january, charge('2025-02-10'));
    expect(feesOf(events).map(({ data }) => data.fee)).toEqual(['0.50']);
    given(dues, ...events)
      .when(charge('2025-02-10'))
      .thenNothing();
    given(dues, ...events)
      .when(charge('2025-03-01'))
      .thenTypes('LateFeeCharged');
    given(dues, ...history(...january, charge('2025-03-01')))
      .when(charge('2025-03-01'))
      .thenNothing();
    given(dues, ...history(assess('2025-01'), pay('employee-medical', '90.00', '2025-01-28')))
      .when(charge('2025-03-01'))
      .thenNothing();
  });

  it('runs to the day on which the money came, not to that on which its payer was found or a declaration handed in', () => {
    const found: DuesCommand = {
      ...{ type: 'ApplyIdentifiedReceipt', receiptId: deterministicId('found'), employer: EMPLOYER },
      ...{ fund: 'employee-medical', amount: Money.of('90.00') },
      ...{ identifiedOn: day('2025-03-01'), receivedOn: day('2025-01-28') },
    };
    given(dues, ...history(assess('2025-01'), found))
      .when(charge('2025-03-01'))
      .thenNothing();
    // Of the 90.00 for February 40.00 came in time; its declaration came late.
    const early = [assess('2025-01'), pay('employee-medical', '130.00', '2025-01-20')];
    const later = [pay('employee-medical', '50.00', '2025-03-05'), assess('2025-02', '2025-03-20')];
    const fees = feesOf(history(...early, ...later, charge('2025-04-01')));
    expect(fees.map(({ data }) => [data.month, data.principal, data.days, data.fee])).toEqual([
      ['2025-02', '50.00', 5, '0.13'],
    ]);
  });
});

describe('money for late fees', () => {
  const charged = history(...january, charge('2025-03-01'));

  it('is set against the charged ones, the oldest first; what exceeds them is held', () => {
    const outcome = given(dues, ...charged).when(payFee('employee-pension', '1.00', '2025-03-05'));
    const [first, second] = feesOf(charged).map(({ data }) => data.feeId);
    expect(outcome.events).toMatchObject([
      {
        type: 'LateFeeReceived',
        data: {
          held: '0.00',
          allocations: [
            { feeId: first, month: '2025-01', scheme: 'pension', amount: '0.50' },
            { feeId: second, amount: '0.50' },
          ],
        },
      },
    ]);
    const paid = [...charged, ...outcome.events];
    given(dues, ...paid)
      .when(payFee('employee-pension', '1.00', '2025-03-05'))
      .thenNothing();
    const rest = given(dues, ...paid).when(payFee('employee-pension', '2.00', '2025-03-06'));
    expect(rest.events[0]?.data).toMatchObject({ held: '1.10', allocations: [{ feeId: second, amount: '0.90' }] });
    const settled = stateAfter([...paid, ...rest.events]);
    expect([settled.lateFees.size, heldIn(settled, 'employee-pension').toString()]).toEqual([0, '1.10']);
    given(dues, ...charged)
      .when(payFee('employee-pension', '0.00', '2025-03-05'))
      .thenRefused('receipt-not-positive');
  });

  it('stays in its fund, and waits there for the charge', () => {
    const elsewhere = given(dues, ...charged).when(payFee('employee-medical', '1.90', '2025-03-05'));
    expect(elsewhere.events[0]?.data).toMatchObject({ fund: 'employee-medical', held: '1.90', allocations: [] });
    const early = history(...january, payFee('employee-pension', '1.00', '2025-02-20'));
    const outcome = given(dues, ...early).when(charge('2025-03-01'));
    outcome.thenTypes('LateFeeCharged', 'LateFeeCharged', 'HeldAppliedToLateFees');
    expect(outcome.events[2]?.data).toMatchObject({ allocations: [{ amount: '0.50' }, { amount: '0.50' }] });
    expect(heldIn(stateAfter([...early, ...outcome.events]), 'employee-pension').isZero).toBe(true);
  });

  it('counts when its payer is found', () => {
    const found = receipt('employee-pension', '2.00', '2025-03-05');
    const command: DuesCommand = { type: 'ApplyIdentifiedLateFee', ...found, identifiedOn: day('2025-03-09') };
    const outcome = given(dues, ...charged).when(command);
    expect(outcome.events[0]).toMatchObject({ type: 'HeldAppliedToLateFees', data: { held: '0.10' } });
    given(dues, ...charged, ...outcome.events)
      .when(command)
      .thenNothing();
  });
});

describe('what an employer owes', () => {
  it('keeps the dues open for a fen of late fee, charged or not', () => {
    const paid = history(...january);
    expect(given(dues, ...paid).when(close('2025-03-02')).events).toMatchObject([
      {
        type: 'DuesFoundOpen',
        data: {
          owed: [{ kind: 'late-fee', fund: 'employee-pension', month: '2025-01', amount: '1.90', unassessed: true }],
        },
      },
    ]);
    const short = [
      ...paid,
      ...history(...january, charge('2025-03-01'), payFee('employee-pension', '1.89', '2025-03-01')).slice(paid.length),
    ];
    const found = given(dues, ...short).when(close('2025-03-02'));
    expect(found.events[0]?.data).toMatchObject({ owed: [{ kind: 'late-fee', amount: '0.01' }] });
    const whole = given(dues, ...short).when(payFee('employee-pension', '0.01', '2025-03-02'));
    given(dues, ...short, ...whole.events)
      .when(close('2025-03-02'))
      .thenTypes('DuesClosed');
  });

  it('grows with every day that a contribution is unpaid', () => {
    const state = stateAfter(history(assess('2025-01'), pay('employee-pension', '140.00', '2025-01-20')));
    const onDay = (text: string) => sumsOf(duesPosition(state, day(text), LAW));
    expect(onDay('2025-01-28').lateFees.toString()).toBe('0.00');
    // 100.00 and 90.00 for ten days.
    expect(onDay('2025-02-07').lateFees.toString()).toBe('0.95');
    expect(onDay('2025-02-07')).toMatchObject({ unassessed: Money.of('0.95'), contributions: Money.of('190.00') });
  });
});

/** Payments of some months' pension dues on some days, and some days on which late fees are charged in between. */
const payments = fc.array(
  fc.record({ fen: fc.integer({ min: 1, max: 30_000 }), after: fc.nat({ max: 4_000 }), assess: fc.boolean() }),
  { minLength: 1, maxLength: 10 },
);

describe('late fees in general', () => {
  const months = [assess('2024-01'), assess('2024-02'), assess('2024-03')];
  const runOf = (paid: readonly { fen: number; after: number; assess: boolean }[], inPieces: boolean, rule = LAW) => {
    const inOrder = paid.toSorted((a, b) => a.after - b.after);
    const commands = inOrder.flatMap(({ fen, after, assess }, place) => {
      const on = addDays(day('2024-03-20'), after);
      const amount = Money.fromFen(BigInt(fen)).toString();
      return [pay('employee-pension', amount, on, `r${place}`), ...(inPieces && assess ? [charge(on, rule)] : [])];
    });
    return history(...months, ...commands, charge('2199-12-31', rule));
  };
  /** Whenever they were charged. */
  const chargedIn = (events: readonly DuesEvent[]) =>
    feesOf(events)
      .map(({ data }) => JSON.stringify({ ...data, assessedOn: undefined }))
      .sort();

  it('come to the same, charged in pieces or at once', () => {
    fc.assert(
      fc.property(payments, (paid) => {
        expect(chargedIn(runOf(paid, true))).toEqual(chargedIn(runOf(paid, false)));
      }),
    );
  });

  it('are on everything that was paid late, once, and no more than it where the area caps them', () => {
    let cut = 0;
    fc.assert(
      fc.property(payments, (paid) => {
        const [free, capped] = [runOf(paid, true), runOf(paid, true, CAPPED)];
        const fees = feesOf(capped);
        expect(new Set(fees.map(({ data }) => data.feeId)).size).toBe(fees.length);
        for (const { data } of fees) expect(Money.of(data.fee).greaterThan(Money.of(data.principal))).toBe(false);
        const sum = (events: readonly DuesEvent[]) => Money.sum(feesOf(events).map(({ data }) => Money.of(data.fee)));
        const late = capped.flatMap((each) =>
          each.type === 'ContributionReceived' ? each.data.allocations.filter((part) => part.late) : [],
        );
        const principal = Money.sum(late.map(({ amount }) => Money.of(amount)));
        expect(sum(capped).greaterThan(principal)).toBe(false);
        if (sum(capped).lessThan(sum(free))) cut += 1;
        expect(duesPosition(stateAfter(capped), day('2199-12-31'), CAPPED).assessable).toEqual([]);
      }),
    );
    // At 0.05 % a day the principal is reached after 2,000 days: some of them went beyond it.
    expect(cut).toBeGreaterThan(0);
  });
});
