import { dues, lateFeeRule, sumsOf, WhatIsOwed } from '@provident/collection';
import { declaration, declarationStreamId } from '@provident/collection/declaration';
import { duesPosition } from '@provident/collection/dues-position';
import { fineIdOf } from '@provident/collection/fines/fine';
import { addMonths, businessDate, deterministicId, DomainError, Money, month, Rate } from '@provident/kernel';
import { loadPolicy } from '@provident/policy';
import { employer } from '@provident/registry/employer';
import { requestCancellation } from '@provident/registry/request-cancellation';
import fc from 'fast-check';
import { creditCode } from '../support/invented.js';
import { RacingReactions } from './racing-reactions.js';

const EMPLOYER = creditCode(0);
const AREA = '310000';
const day = businessDate('2025-07-10');
const PERSON = deterministicId('somebody');
const RULE = lateFeeRule(loadPolicy(), AREA);
const RANGE = {
  ...{ least: Rate.of('1'), most: Rate.of('3') },
  parameter: { id: 'p', area: AREA, from: '2011-07-01', value: '1-3', legalBasis: '第86条', confidence: 'law-text' },
};

/** A filing that passed every check of the register before the employer asked for its cancellation. */
async function declare(at: RacingReactions, place: number): Promise<void> {
  const declared = addMonths(month('2025-01'), place);
  const id = declarationStreamId(EMPLOYER, declared);
  const head = { employer: EMPLOYER, month: declared, fileHash: 'f'.repeat(64) };
  const yuan = Money.of('1.00');
  const line = { personId: PERSON, wage: yuan, base: yuan, amounts: [yuan], joins: undefined };
  await at.store.execute(
    declaration,
    id,
    { type: 'DeclareLines', ...head, firstLine: 0, lines: [line] },
    at.context(day),
  );
  const rates = [{ scheme: 'pension' as const, payer: 'employee' as const, rate: Rate.of('0.08') }];
  const close = { type: 'Declare' as const, ...head, declarationId: deterministicId(id), rates };
  const bounds = { floor: Money.zero, ceiling: yuan, parameters: [] };
  await at.store.execute(declaration, id, { ...close, ...bounds }, at.context(day));
}

/** A month is 1.00 yuan; its late fee, some months on, several fen. */
async function pay(at: RacingReactions, reference: string): Promise<void> {
  const receipt = { receiptId: deterministicId(reference), employer: EMPLOYER, fund: 'employee-pension' as const };
  const command = { type: 'ReceiveContribution' as const, ...receipt, amount: Money.of('1.00') };
  await at.store.execute(dues, EMPLOYER, { ...command, bankReference: reference, valueDate: day }, at.context(day));
}

async function payLateFees(at: RacingReactions, reference: string): Promise<void> {
  const owed = [...at.log.stateOf(dues, EMPLOYER).lateFees.values()].map(({ fee, paid }) => fee.minus(paid));
  if (owed.length === 0) return;
  const receipt = { receiptId: deterministicId(reference), employer: EMPLOYER, fund: 'employee-pension' as const };
  const command = { type: 'ReceiveLateFee' as const, ...receipt, amount: Money.sum(owed) };
  await at.store.execute(dues, EMPLOYER, { ...command, bankReference: reference, valueDate: day }, at.context(day));
}

const assess = (at: RacingReactions) =>
  at.store.execute(
    dues,
    EMPLOYER,
    { type: 'AssessLateFees', employer: EMPLOYER, assessedOn: day, lateFees: RULE },
    at.context(day),
  );

const fine = (at: RacingReactions) =>
  at.store.execute(
    dues,
    EMPLOYER,
    {
      ...{ type: 'ImposeFine', employer: EMPLOYER, decisionNumber: 'X-1', ground: 'non-payment', imposedOn: day },
      ...{ base: Money.of('1.00'), amount: Money.of('2.00'), orderExpiredOn: businessDate('2025-07-01') },
      ...{ documentHash: 'd'.repeat(64), range: RANGE, lateFees: RULE },
    },
    at.context(day),
  );

async function payFine(at: RacingReactions): Promise<void> {
  const fineId = fineIdOf(EMPLOYER, 'X-1');
  if (!at.log.stateOf(dues, EMPLOYER).fines.has(fineId)) return;
  const payment = { employer: EMPLOYER, fineId, amount: Money.of('2.00'), paidOn: day, paymentReference: 'T-1' };
  await at.store.execute(dues, EMPLOYER, { type: 'PayFine', ...payment }, at.context(day));
}

async function cancel(at: RacingReactions): Promise<string | undefined> {
  const owed = sumsOf((await new WhatIsOwed(at.store, { book: loadPolicy() }, AREA).by(EMPLOYER, day)).position);
  try {
    await requestCancellation(at.store, EMPLOYER, { requestedOn: day, reason: '解散', owed }, at.context(day));
    return undefined;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return error.code;
  }
}

const doing = <Name extends string>(name: Name, weight: number, most = 0) => ({
  weight,
  arbitrary: fc.record({ do: fc.constant(name), at: fc.nat({ max: most }) }),
});
const step = fc.oneof(
  ...[doing('declare', 2, 3), doing('pay', 3, 5), doing('cancel', 3), doing('react', 6, 6)],
  ...[doing('assess', 2), doing('payLateFees', 2), doing('fine', 1), doing('payFine', 1)],
);

async function take(at: RacingReactions, each: { do: string; at: number }, place: number): Promise<string | undefined> {
  switch (each.do) {
    case 'react':
      await at.reactOnce(each.at);
      return undefined;
    case 'declare':
      await declare(at, each.at);
      return undefined;
    case 'pay':
      await pay(at, `R${place}`);
      return undefined;
    case 'payLateFees':
      await payLateFees(at, `L${place}`);
      return undefined;
    case 'assess':
      await assess(at);
      return undefined;
    case 'fine':
      await fine(at);
      return undefined;
    case 'payFine':
      await payFine(at);
      return undefined;
    default:
      return cancel(at);
  }
}

it('no registration stays cancelled with a fen owed, in whatever order things are heard of', async () => {
  const outcomes = new Map<string, number>();
  const count = (outcome: string) => outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 30 }), async (steps) => {
      const at = new RacingReactions();
      const registration = {
        creditCode: EMPLOYER,
        name: '示例',
        registeredOn: businessDate('2025-01-01'),
        riskClass: 1,
      };
      await at.store.execute(employer, EMPLOYER, { type: 'RegisterEmployer', ...registration }, at.context(day));
      for (const [place, each] of steps.entries()) {
        const refused = await take(at, each, place);
        if (refused !== undefined) count(refused);
      }
      await at.settle();
      for (const { type } of at.log.events) count(type);
      const position = duesPosition(at.log.stateOf(dues, EMPLOYER), day, RULE);
      const { contributions, lateFees, fines } = sumsOf(position);
      const { status } = at.log.stateOf(employer, EMPLOYER);
      // A request is always answered, and nothing that is owed is left behind.
      expect(status).not.toBe('cancelling');
      if ([contributions, lateFees, fines].some((sum) => sum.isPositive)) expect(status).toBe('registered');
      for (const { data, type } of at.log.events) {
        if (type !== 'CancellationRefused' && type !== 'CancellationUndone') continue;
        for (const { kind } of (data as { owed: { kind: string }[] }).owed) count(`${type} ${kind}`);
      }
    }),
    { numRuns: 400, seed: 20251121 },
  );
  // The sequences went every way there is: otherwise the property would prove little.
  const ways = [
    ...['RegistrationCancelled', 'CancellationRefused', 'CancellationUndone', 'employer-owes', 'LateFeeReceived'],
    ...['CancellationRefused late-fee', 'CancellationUndone fine', 'CancellationUndone contribution'],
  ];
  for (const seen of ways) expect([seen, (outcomes.get(seen) ?? 0) > 0]).toEqual([seen, true]);
});
