import { Injectable } from '@nestjs/common';
import type { AccountEvent } from '@provident/accounts/events';
import { EventStore, type StreamView } from '@provident/event-store';
import { type BusinessDate, DomainError, type RecordedEvent } from '@provident/kernel';
import type { EmployerEvent, InsuredEvent } from '@provident/registry/events';
import { type PersonalStatement, personalStatement } from './personal-statement.js';

/** A personal statement with the names that a person reads. */
export interface NamedStatement extends PersonalStatement {
  readonly person: { readonly personId: string; readonly name: string; readonly citizenNumber: string };
  /** Employers' names by credit code. */
  readonly employers: Readonly<Record<string, string>>;
}

/** Which events a statement rests on. Both times are inclusive; names are always today's. */
export interface StatementTimes {
  /** The last day that counts (effective date); every day when absent. */
  readonly asOf?: BusinessDate | undefined;
  /** The log position at which the statement was known; the present when absent. */
  readonly knownAt?: bigint | undefined;
}

interface PersonName {
  readonly name: string;
  readonly citizenNumber: string;
}

const personView: StreamView<PersonName | undefined, InsuredEvent> = {
  category: 'insured',
  initial: undefined,
  evolve: (state, { type, data }) =>
    type === 'PersonRegistered' ? { name: data.name, citizenNumber: data.citizenNumber } : state,
};

const employerView: StreamView<string, EmployerEvent> = {
  category: 'employer',
  initial: '',
  evolve: (state, { type, data }) => (type === 'EmployerRegistered' ? data.name : state),
};

/** Rebuilds statements from the log itself; PostgreSQL is not asked. */
@Injectable()
export class StatementReader {
  constructor(private readonly store: EventStore) {}

  /** The statement of a year, effective on a day, as known at a log position. Throws `person-unknown`. */
  async statement(personId: string, year: number, times: StatementTimes = {}): Promise<NamedStatement> {
    const [person, events] = await Promise.all([
      this.store.load(personView, personId),
      this.eventsFor(personId, year, times),
    ]);
    if (person.state === undefined) throw personUnknown();
    const statement = personalStatement(year, events);
    const codes = new Set([...statement.months, ...statement.corrections].map(({ employer }) => employer));
    const names = await Promise.all(
      [...codes].map(async (code) => [code, (await this.store.load(employerView, code)).state] as const),
    );
    return { person: { personId, ...person.state }, employers: Object.fromEntries(names), ...statement };
  }

  /**
   * The account's events that a year's statement rests on. The year's credits may stand before the closing of the year
   * before it (a record rate is announced in summer), so the reading goes back one closing further.
   */
  private async eventsFor(personId: string, year: number, { asOf, knownAt }: StatementTimes) {
    const events: RecordedEvent<AccountEvent>[] = [];
    for await (const event of this.store.readBackwards<AccountEvent>({ category: 'account' }, personId)) {
      if (knownAt !== undefined && event.position > knownAt) continue;
      if (asOf !== undefined && event.metadata.effectiveDate > asOf) continue;
      events.push(event);
      if (event.type === 'YearClosed' && (event.data as { year: number }).year <= year - 2) break;
    }
    return events.reverse();
  }
}

function personUnknown(): DomainError {
  return new DomainError(
    'person-unknown',
    'The person is not registered.',
    '社会保险法 第74条: the agency keeps a record for every insured person.',
    'Check the citizen number or person id.',
  );
}
