import type { Ledger } from '@provident/assembly';
import { account, type AccountCommand, type AccountState } from '@provident/accounts/account';
import type { AccountEvent } from '@provident/accounts/events';
import { type Aggregate, eachConcurrently, EventStore } from '@provident/event-store';
import { businessDate, deterministicId, Money, monthFrom } from '@provident/kernel';
import { creditCode } from './invented.js';

const MONTHS = 50;
const FIRST_YEAR = 2020;
const APPENDS_AT_ONCE = 32;

/** The account's own decider, for many commands by one append. */
const accountInBulk: Aggregate<AccountState, readonly AccountCommand[], AccountEvent> = {
  ...account,
  decide(commands, state) {
    const events: AccountEvent[] = [];
    let now = state;
    for (const command of commands) {
      for (const event of account.decide(command, now)) {
        now = account.evolve(now, event);
        events.push(event);
      }
    }
    return events;
  },
};

/** Credits people month after month until there are so many; people's days are not in the order of the log. */
export async function creditMany(ledger: Ledger, count: number): Promise<void> {
  const store = ledger.get(EventStore);
  const people = Array.from({ length: Math.ceil(count / MONTHS) }, (_, place) => place);
  await eachConcurrently(people, APPENDS_AT_ONCE, async (place) => {
    const day = businessDate(`2025-${two(1 + (place % 12))}-${two(1 + ((place * 5) % 28))}`);
    const personId = deterministicId('many credits', String(place));
    const credits = Array.from({ length: Math.min(MONTHS, count - place * MONTHS) }, (_, at) =>
      credit(personId, place, at, day),
    );
    const context = ledger.context('system:test', day, 'many credits', String(place));
    await store.execute(accountInBulk, personId, credits, context, { mostlyNew: true });
  });
}

function credit(
  personId: string,
  place: number,
  at: number,
  creditedOn: ReturnType<typeof businessDate>,
): AccountCommand {
  const month = monthFrom(FIRST_YEAR + Math.floor(at / 12), 1 + (at % 12));
  const amount = Money.fromFen(BigInt(40_000 + place));
  const ids = [personId, month];
  return {
    ...{ type: 'CreditContribution', creditId: deterministicId('many', ...ids), personId, employer: creditCode(0) },
    ...{ declarationId: deterministicId('many declared', ...ids), month, base: Money.of('5000.00'), creditedOn },
    lines: [{ scheme: 'pension', payer: 'employee', amount }],
    accountAmount: amount,
  };
}

const two = (number: number): string => String(number).padStart(2, '0');
