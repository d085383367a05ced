import { memoryPersonalData } from '@provident/access/testing/memory-keys';
import { type Aggregate, EventStore, LogReader, ReactionRunner } from '@provident/event-store';
import { startTestStore, type TestStore } from '@provident/event-store/testing/test-store';
import { businessDate, type CommandContext, deterministicId, DomainError, type DomainEvent } from '@provident/kernel';
import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { type CarryOut, type CarryOuts, carryOutApproved } from './carry-out.js';
import { caseAggregate } from './case.js';
import type { PersonCommand } from './case-commands.js';
import type { CaseEvent } from './events.js';
import { PROCEDURE_NAMES } from './procedures.js';
import { caseworkReactions } from './reactions.js';
import { CALENDAR, eventsOf, fileOf, on, REFUND, refundMadeBy } from './testing/cases.js';
import { caseworkTargets } from './targets.js';
import { acting } from './testing/people.js';

/** What is carried out in these tests: a stream that must have paid once, and that refuses what it does not have. */
type PaidEvent = DomainEvent<'Paid', { by: string }>;
const cashbox: Aggregate<number, string, PaidEvent> = {
  ...{ category: 'cashbox', schemas: { Paid: Type.Object({ by: Type.String() }) }, initial: 0 },
  evolve: (paid) => paid + 1,
  decide: (by) => [{ type: 'Paid', data: { by } }],
};

const [LI, WANG, ZHAO] = [acting('li', 'clerk'), acting('wang', 'reviewer'), acting('zhao', 'approver')];
let store: TestStore;
let cases = 0;
beforeAll(async () => (store = await startTestStore()));
afterAll(() => store.stop());

/** A store of a process of its own: nothing is remembered from before. */
const personal = memoryPersonalData();
const freshStore = () => new EventStore(store.client, personal);

function contextOf(...parts: string[]): CommandContext {
  const commandId = deterministicId('carry-out-spec', ...parts);
  const effectiveDate = businessDate('2026-01-07');
  return {
    commandId,
    correlationId: commandId,
    causationId: commandId,
    actor: 'staff:li',
    effectiveDate,
    area: '310000',
  };
}

async function give(caseId: string, command: PersonCommand): Promise<void> {
  cases += 1;
  await freshStore().execute(caseAggregate, caseId, command, contextOf('give', String(cases)));
}

/** A case that is approved and waits to be carried out. */
async function approvedCase(): Promise<string> {
  cases += 1;
  const caseId = deterministicId('case', String(cases));
  const made = refundMadeBy(LI).map((command) => ('caseId' in command ? { ...command, caseId } : command));
  const { evidence } = fileOf(eventsOf(...made));
  for (const command of made) await give(caseId, command);
  await give(caseId, { type: 'ReviewCase', evidence, ...on(WANG, '2026-01-06') });
  await give(caseId, { type: 'ApproveCase', evidence, ...on(ZHAO, '2026-01-07') });
  return caseId;
}

const carriedOutBy = (carryOut: CarryOut): CarryOuts =>
  Object.fromEntries(PROCEDURE_NAMES.map((name) => [name, carryOut])) as Record<
    (typeof PROCEDURE_NAMES)[number],
    CarryOut
  >;

async function eventsIn(caseId: string) {
  const events = [];
  for await (const event of freshStore().read<CaseEvent>(caseAggregate, caseId)) events.push(event);
  return events;
}

const typesIn = async (caseId: string) => (await eventsIn(caseId)).map(({ type }) => type);
const paidFor = async (caseId: string) => (await freshStore().load(cashbox, caseId)).state;

/** What goes wrong in one delivery of an approval. */
const ACCIDENTS = ['none', 'crash-before', 'crash-after', 'twice-at-once'] as const;

describe('carrying out', () => {
  it('happens exactly once, however often it crashes and is repeated', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...ACCIDENTS), { maxLength: 6 }), async (accidents) => {
        const caseId = await approvedCase();
        const approval = (await eventsIn(caseId)).find(({ type }) => type === 'CaseApproved')!;
        const deliver = (accident: (typeof ACCIDENTS)[number]) => {
          const work = freshStore();
          const pay: CarryOut = async ({ context }) => {
            if (accident === 'crash-before') throw new Error('power cut');
            await work.execute(cashbox, caseId, context.actor, context);
            if (accident === 'crash-after') throw new Error('power cut');
          };
          return carryOutApproved(work, carriedOutBy(pay), approval as Parameters<typeof carryOutApproved>[2]);
        };
        for (const accident of accidents) {
          const deliveries = accident === 'twice-at-once' ? [deliver('none'), deliver('none')] : [deliver(accident)];
          for (const { status, reason } of (await Promise.allSettled(deliveries)).map((each) => ({
            ...{ status: each.status, reason: each.status === 'rejected' ? String(each.reason) : '' },
          }))) {
            if (status === 'rejected') expect(reason).toContain('power cut');
          }
        }
        // The event is delivered until somebody acknowledges it.
        await deliver('none');
        await deliver('crash-before');
        expect(await paidFor(caseId)).toBe(1);
        expect((await typesIn(caseId)).filter((type) => type === 'CaseCarriedOut')).toHaveLength(1);
      }),
      { numRuns: 15 },
    );
  });

  it('is driven by the log: an approval is carried out by whoever has made it, reviewed and approved', async () => {
    const orders: CommandContext[] = [];
    const pay: CarryOut = ({ caseId, context }) => {
      orders.push(context);
      return freshStore().execute(cashbox, caseId, context.actor, context);
    };
    const failures: Error[] = [];
    const runner = new ReactionRunner(
      ...(['casework-spec', store.client, new LogReader(store.client)] as const),
      caseworkReactions(freshStore(), carriedOutBy(pay), { link: () => Promise.resolve() }),
      (error) => failures.push(error),
    );
    const caseId = await approvedCase();
    await runner.start();
    await runner.idle();
    await runner.stop();
    expect(failures).toEqual([]);
    expect((await typesIn(caseId)).at(-1)).toBe('CaseCarriedOut');
    expect(await paidFor(caseId)).toBe(1);
    expect(orders.at(-1)).toMatchObject({ actor: 'staff:li', reviewer: 'staff:wang', approver: 'staff:zhao' });
  });

  it('knows whose the case is', async () => {
    const targets = caseworkTargets(freshStore());
    expect(await targets['case']?.(await approvedCase())).toEqual({ employers: [REFUND.employer] });
    expect(await targets['case']?.('nothing')).toBeUndefined();
    expect(await targets['thread']?.('nothing')).toBeUndefined();
    expect(await targets['notice']?.('nothing')).toBeUndefined();
  });

  it('that the rules refuse is written into the case, and a new try is another matter', async () => {
    const caseId = await approvedCase();
    let isEmpty = true;
    const pay: CarryOut = async ({ context }) => {
      if (isEmpty) throw new DomainError('cashbox-empty', 'There is nothing.', 'No money, no refund.', 'Wait.');
      await freshStore().execute(cashbox, caseId, context.actor, context);
    };
    const deliver = async (type: string) => {
      const event = (await eventsIn(caseId)).find((each) => each.type === type)!;
      await carryOutApproved(freshStore(), carriedOutBy(pay), event as Parameters<typeof carryOutApproved>[2]);
    };
    await deliver('CaseApproved');
    expect((await eventsIn(caseId)).at(-1)).toMatchObject({
      type: 'CaseCarryOutFailed',
      data: { attempt: 1, code: 'cashbox-empty', message: 'There is nothing.', remedy: 'Wait.' },
    });
    isEmpty = false;
    // The approval is delivered once more: its try is over.
    await deliver('CaseApproved');
    expect(await paidFor(caseId)).toBe(0);
    await give(caseId, { type: 'RetryCarryOut', reason: 'money came', ...on(LI, '2026-01-08'), calendar: CALENDAR });
    await deliver('CaseCarryOutRetried');
    await deliver('CaseCarryOutRetried');
    expect(await paidFor(caseId)).toBe(1);
    expect((await typesIn(caseId)).slice(-2)).toEqual(['CaseCarryOutRetried', 'CaseCarriedOut']);
  });
});
