import type { CollectionEvent } from '@provident/collection/events';
import { eachConcurrently, type EventStore, type Reaction } from '@provident/event-store';
import { deterministicId, invariant, Money, type RecordedEvent } from '@provident/kernel';
import { accountShare, type PolicyInForce } from '@provident/policy';
import type { InsuredEvent } from '@provident/registry/events';
import type { Credit } from './account.js';
import { creditSettled } from './credit-settled.js';
import { LIMITS } from './limits.js';
import { mergeAccounts } from './merge-accounts.js';

type Settled = Extract<CollectionEvent, { type: 'ContributionMonthSettled' }>;
type Absorbed = Extract<InsuredEvent, { type: 'IdentityAbsorbed' }>;
type Lines = Extract<CollectionEvent, { type: 'PayrollLinesDeclared' }>['data'];
type Declared = Extract<CollectionEvent, { type: 'ContributionDeclared' }>['data'];

/**
 * From a fully paid month to the record of every person in it: one credit per person and month; from two identities that
 * became one to one account.
 */
export function accountReactions(store: EventStore, policy: PolicyInForce): Reaction[] {
  return [
    {
      on: 'ContributionMonthSettled',
      async react(event) {
        const { data } = event as RecordedEvent<Settled>;
        await eachConcurrently(creditsOf(store, data), LIMITS.creditsUnderWay, (credit) =>
          creditSettled(store, credit, event),
        );
      },
    },
    { on: 'IdentityAbsorbed', react: (event) => mergeAccounts(store, policy, event as RecordedEvent<Absorbed>) },
  ];
}

/** The credits of a settled month, one by one, out of its declaration. Lines of a file that was given up do not count. */
async function* creditsOf(store: EventStore, settled: Settled['data']): AsyncGenerator<Credit> {
  const { employer, month, declarationId, settledOn } = settled;
  const id = `${employer}-${month}`;
  const declared = await closingOf(store, id);
  invariant(declared.declarationId === declarationId, `The month ${month} of ${employer} has another declaration.`);
  for await (const event of store.read({ category: 'declaration' }, id)) {
    if (event.type !== 'PayrollLinesDeclared') continue;
    const { fileHash, lines } = event.data as Lines;
    if (fileHash !== declared.fileHash) continue;
    for (const line of lines) {
      const amounts = declared.rates.map(({ scheme, payer }, place) => ({
        scheme,
        payer,
        amount: Money.of(line.amounts[place] as string),
      }));
      yield {
        creditId: deterministicId('credit', declarationId, line.personId),
        personId: line.personId,
        employer,
        declarationId,
        month,
        base: Money.of(line.base),
        lines: amounts.filter(({ amount }) => !amount.isZero),
        accountAmount: accountShare(amounts),
        creditedOn: settledOn,
      };
    }
  }
}

async function closingOf(store: EventStore, id: string): Promise<Declared> {
  for await (const event of store.readBackwards({ category: 'declaration' }, id)) {
    if (event.type === 'ContributionDeclared') return event.data as Declared;
  }
  throw new Error(`Declaration ${id} is settled but not in the log.`);
}
