import {
  type BusinessDate,
  businessDate,
  deterministicId,
  type Fund,
  Money,
  type Month,
  month,
} from '@provident/kernel';
import { given } from '@provident/kernel/testing/given';
import fc from 'fast-check';
import { dues } from './dues.js';
import type { DuesEvent } from './events.js';
import { heldIn } from './held.js';
import { LAW } from './testing/law.js';

const EMPLOYER = '91350100M000100Y43';
const JAN = month('2025-01');
const day = (text: string): BusinessDate => businessDate(text);

function assess(of: Month, pension: [string, string], medical: string) {
  const due = [
    { scheme: 'pension' as const, payer: 'employer' as const, due: Money.of(pension[0]) },
    { scheme: 'pension' as const, payer: 'employee' as const, due: Money.of(pension[1]) },
    { scheme: 'medical' as const, payer: 'employer' as const, due: Money.of(medical) },
  ];
  const dueDate = day(`${of}-28`);
  const declarationId = deterministicId(of);
  const assessedOn = day(`${of}-08`);
  return {
    type: 'AssessDues' as const,
    declarationId,
    employer: EMPLOYER,
    month: of,
    dueDate,
    headcount: 1,
    due,
    assessedOn,
    lateFees: LAW,
  };
}

function pay(fund: Fund, amount: string, on: string, reference = `${fund} ${amount} ${on}`) {
  return {
    type: 'ReceiveContribution' as const,
    receiptId: deterministicId(reference),
    employer: EMPLOYER,
    fund,
    amount: Money.of(amount),
    bankReference: reference,
    valueDate: day(on),
  };
}

/** Carries out commands one after the other; all their events. */
function history(...commands: Parameters<typeof dues.decide>[0][]): DuesEvent[] {
  const events: DuesEvent[] = [];
  for (const command of commands) events.push(...given(dues, ...events).when(command).events);
  return events;
}

const january = assess(JAN, ['160.00', '80.00'], '90.00');

describe('the dues of an employer', () => {
  it('are settled when every fund is paid exactly', () => {
    const events = history(january, pay('employee-pension', '240.00', '2025-01-20'));
    expect(events.map((event) => event.type)).toEqual(['DuesAssessed', 'ContributionReceived']);
    given(dues, ...events)
      .when(pay('employee-medical', '90.00', '2025-01-21'))
      .thenTypes('ContributionReceived', 'ContributionMonthSettled');
  });

  it('set a short payment against the employees’ part first and keep the month open', () => {
    const [, received] = history(january, pay('employee-pension', '100.00', '2025-02-03'));
    expect(received?.data).toMatchObject({
      held: '0.00',
      allocations: [
        { month: JAN, scheme: 'pension', payer: 'employee', amount: '80.00', late: true },
        { month: JAN, scheme: 'pension', payer: 'employer', amount: '20.00', late: true },
      ],
    });
  });

  it('hold what exceeds them and set it against the next month by themselves', () => {
    const events = history(january, pay('employee-pension', '300.00', '2025-01-20'));
    expect(events.at(-1)?.data).toMatchObject({ held: '60.00' });
    const outcome = given(dues, ...events).when(assess(month('2025-02'), ['160.00', '80.00'], '90.00'));
    outcome.thenTypes('DuesAssessed', 'HeldReceiptApplied');
    expect(outcome.events[1]?.data).toMatchObject({
      fund: 'employee-pension',
      allocations: [{ month: '2025-02', payer: 'employee', amount: '60.00' }],
    });
  });

  it('take the oldest month first', () => {
    const february = assess(month('2025-02'), ['160.00', '80.00'], '90.00');
    const events = history(january, february, pay('employee-medical', '100.00', '2025-02-20'));
    expect(events.at(-1)?.data).toMatchObject({
      allocations: [
        { month: '2025-01', amount: '90.00', late: true },
        { month: '2025-02', amount: '10.00', late: false },
      ],
    });
  });

  it('count a receipt once and refuse a second declaration of a month', () => {
    const events = history(january, pay('employee-medical', '90.00', '2025-01-20'));
    given(dues, ...events)
      .when(pay('employee-medical', '90.00', '2025-01-20'))
      .thenNothing();
    given(dues, ...events)
      .when(january)
      .thenNothing();
    given(dues, ...events)
      .when({ ...january, declarationId: deterministicId('another') })
      .thenRefused('month-already-assessed');
    given(dues, ...events)
      .when(pay('employee-medical', '0.00', '2025-01-20'))
      .thenRefused('receipt-not-positive');
  });

  it('take identified money like a receipt, without the bank seeing it again', () => {
    const { receiptId, employer, fund, amount } = pay('employee-medical', '95.00', '2025-01-25');
    const identified = {
      type: 'ApplyIdentifiedReceipt' as const,
      receiptId,
      employer,
      fund,
      amount,
      identifiedOn: day('2025-02-05'),
    };
    const outcome = given(dues, ...history(january)).when(identified);
    outcome.thenTypes('HeldReceiptApplied');
    expect(outcome.events[0]?.data).toMatchObject({
      receiptId,
      held: '5.00',
      allocations: [{ amount: '90.00', late: true }],
    });
    given(dues, ...history(january), ...outcome.events)
      .when(identified)
      .thenNothing();
  });

  it('lose and make no fen, whatever is paid in whatever order', () => {
    const amount = fc.integer({ min: 1, max: 50_000 }).map((fen) => Money.fromFen(BigInt(fen)).toString());
    const fund = fc.constantFrom<Fund>('employee-pension', 'employee-medical');
    const payments = fc.array(fc.tuple(fund, amount), { maxLength: 12 });
    const assessAt = fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(payments, assessAt, (paid, places) => {
        const commands: Parameters<typeof history> = paid.map(([to, much], i) => pay(to, much, '2025-02-10', `r${i}`));
        ['2025-01', '2025-02', '2025-03'].forEach((of, i) => {
          commands.splice(places[i] as number, 0, assess(month(of), ['160.00', '80.00'], '90.00'));
        });
        const events = history(...commands);
        for (const to of ['employee-pension', 'employee-medical'] as const) {
          const sum = (pick: (event: DuesEvent) => (string | undefined)[]) =>
            Money.sum(events.flatMap(pick).map((text) => Money.of(text ?? '0.00')));
          const received = sum(({ type, data }) =>
            type === 'ContributionReceived' && data.fund === to ? [data.amount] : [],
          );
          const allocated = sum(({ type, data }) =>
            (type === 'ContributionReceived' || type === 'HeldReceiptApplied') && data.fund === to
              ? data.allocations.map((each) => each.amount)
              : [],
          );
          const state = events.reduce(dues.evolve, dues.initial);
          const held = heldIn(state, to);
          expect(received.toString()).toBe(allocated.plus(held).toString());
        }
      }),
    );
  });
});
