import { dues } from '@provident/collection';
import { declaration, declarationStreamId } from '@provident/collection/declaration';
import { addMonths, businessDate, deterministicId, DomainError, Money, month, Rate } from '@provident/kernel';
import { employer } from '@provident/registry/employer';
import { requestCancellation } from '@provident/registry/request-cancellation';
import fc from 'fast-check';
import { creditCode } from '../support/invented.js';
import { RacingReactions } from './racing-reactions.js';

const EMPLOYER = creditCode(0);
const day = businessDate('2025-07-10');
const PERSON = deterministicId('somebody');

/** A filing that passed every check of the register before the employer asked for its cancellation. */
async function declare(at: RacingReactions, place: number): Promise<void> {
  const declared = addMonths(month('2025-01'), place);
  const id = declarationStreamId(EMPLOYER, declared);
  const head = { employer: EMPLOYER, month: declared, fileHash: 'f'.repeat(64) };
  const yuan = Money.of('0.01');
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

async function pay(at: RacingReactions, reference: string): Promise<void> {
  const receipt = { receiptId: deterministicId(reference), employer: EMPLOYER, fund: 'employee-pension' as const };
  const command = { type: 'ReceiveContribution' as const, ...receipt, amount: Money.of('0.01') };
  await at.store.execute(dues, EMPLOYER, { ...command, bankReference: reference, valueDate: day }, at.context(day));
}

const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('declare' as const), at: fc.nat({ max: 3 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('pay' as const), at: fc.nat({ max: 5 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cancel' as const), at: fc.constant(0) }) },
  { weight: 5, arbitrary: fc.record({ do: fc.constant('react' as const), at: fc.nat({ max: 6 }) }) },
);

it('no registration stays cancelled with a fen owed, in whatever order things are heard of', async () => {
  const outcomes = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24 }), async (steps) => {
      const at = new RacingReactions();
      const registration = {
        creditCode: EMPLOYER,
        name: '示例',
        registeredOn: businessDate('2025-01-01'),
        riskClass: 1,
      };
      await at.store.execute(employer, EMPLOYER, { type: 'RegisterEmployer', ...registration }, at.context(day));
      for (const [place, each] of steps.entries()) {
        if (each.do === 'react') await at.reactOnce(each.at);
        if (each.do === 'declare') await declare(at, each.at);
        if (each.do === 'pay') await pay(at, `R${place}`);
        if (each.do === 'cancel') {
          await requestCancellation(at.store, EMPLOYER, { requestedOn: day, reason: '解散' }, at.context(day)).catch(
            (error: unknown) => {
              if (!(error instanceof DomainError)) throw error;
              outcomes.set(error.code, (outcomes.get(error.code) ?? 0) + 1);
            },
          );
        }
      }
      await at.settle();
      for (const { type } of at.log.events) outcomes.set(type, (outcomes.get(type) ?? 0) + 1);
      const { open } = at.log.stateOf(dues, EMPLOYER);
      const owes = [...open.values()].some(({ lines }) => lines.some(({ due, paid }) => !due.equals(paid)));
      const { status } = at.log.stateOf(employer, EMPLOYER);
      // A request is always answered, and nothing that is owed is left behind.
      expect(status).not.toBe('cancelling');
      if (owes) expect(status).toBe('registered');
    }),
    { numRuns: 300, seed: 20251121 },
  );
  // The sequences went every way there is: otherwise the property would prove little.
  for (const seen of ['RegistrationCancelled', 'CancellationRefused', 'CancellationUndone', 'employer-owes']) {
    expect([seen, outcomes.get(seen) ?? 0]).toEqual([seen, expect.any(Number)]);
    expect(outcomes.get(seen) ?? 0).toBeGreaterThan(0);
  }
});
