import { PersonIndex } from '@provident/access';
import type { Ledger } from '@provident/assembly';
import { account } from '@provident/accounts';
import { EventStore } from '@provident/event-store';
import { businessDate, deterministicId, lastDayOf, Money, monthFrom, Rate } from '@provident/kernel';
import { StatementReader } from '@provident/statements';
import { RegisterPerson } from '@provident/registry';
import { citizenNumber } from './payroll.js';

const FIRST_YEAR = 1985;
const YEARS = 40;
const PERSON = 9_000_001;

/** An account of 40 years: 480 credits and 40 closings, entered through the account's own decider. */
export async function enterLongAccount(ledger: Ledger): Promise<string> {
  const number = citizenNumber(PERSON);
  const personId = ledger.get(PersonIndex).personIdOf(number);
  const store = ledger.get(EventStore);
  const at = (day: string, ...parts: string[]) => ledger.context('bench', businessDate(day), 'long account', ...parts);
  await ledger.commands.execute(
    new RegisterPerson({ citizenNumber: number, name: '示例长账户' }, at('1985-01-01', 'person')),
  );
  for (let year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year += 1) {
    for (let monthOfYear = 1; monthOfYear <= 12; monthOfYear += 1) {
      const month = monthFrom(year, monthOfYear);
      const amount = Money.of('400.00');
      await store.execute(
        account,
        personId,
        {
          type: 'CreditContribution',
          creditId: deterministicId('long', month),
          personId,
          employer: '91310199000000000X',
          declarationId: deterministicId('long declaration', month),
          month,
          base: Money.of('5000.00'),
          lines: [
            { scheme: 'pension', payer: 'employer', amount: Money.of('800.00') },
            { scheme: 'pension', payer: 'employee', amount },
          ],
          accountAmount: amount,
          creditedOn: lastDayOf(month),
        },
        at(lastDayOf(month), 'credit', month),
      );
    }
    const parameter = {
      id: 'bench',
      area: '000000',
      from: `${year}-01-01`,
      value: '0.0300',
      legalBasis: 'bench',
      confidence: 'bench',
    };
    await store.execute(
      account,
      personId,
      { type: 'CloseYear', personId, year, rate: Rate.of('0.03'), parameter },
      at(`${year}-12-31`, 'close', String(year)),
    );
  }
  return personId;
}

/** Milliseconds of each statement, over all years in turn. */
export async function statementLatencies(ledger: Ledger, personId: string, count: number): Promise<number[]> {
  const reader = ledger.get(StatementReader);
  return latencies(count, async (at) => {
    const statement = await reader.statement(personId, FIRST_YEAR + (at % YEARS));
    if (statement.months.length !== 12) throw new Error('A statement of the long account lost months.');
  });
}

/** Milliseconds of each call, one after the other, after a warm-up of a tenth. */
export async function latencies(count: number, call: (at: number) => Promise<void>): Promise<number[]> {
  for (let at = 0; at < count / 10; at += 1) await call(at);
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const startedAt = performance.now();
    await call(at);
    times.push(performance.now() - startedAt);
  }
  return times;
}
