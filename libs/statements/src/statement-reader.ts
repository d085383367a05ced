import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type AccountEvent, accountEventSchemas } from '@provident/accounts/events';
import { AREA, EventStore } from '@provident/event-store';
import { type BusinessDate, canonicalJson, DomainError, type RecordedEvent } from '@provident/kernel';
import type { PolicyBook } from '@provident/policy';
import { creditedMonths } from './account-of-year.js';
import { type ContributionIndex, contributionIndex, monthBases } from './contribution-index.js';
import { declaredMonth } from './explain/declared-month.js';
import { explainFigure } from './explain/explain-figure.js';
import type { ExplainedFigure } from './explain/explained-figure.js';
import { figureName } from './explain/figure-name.js';
import { movedEntries } from './moved-entries.js';
import { employerView, personView } from './names.js';
import { inLogOrder, type PersonalStatement, personalStatement } from './personal-statement.js';

/** A personal statement with the names that a person reads. */
export interface NamedStatement extends PersonalStatement {
  readonly person: { readonly personId: string; readonly name: string; readonly citizenNumber: string };
  /** Employers' names by credit code. */
  readonly employers: Readonly<Record<string, string>>;
  /** Pooling area (统筹区), a division code. */
  readonly area: string;
  /** SHA-256 over the canonical JSON of everything else here that cannot be erased (`digestOf`): the same figures always
   * have the same digest. */
  readonly digest: string;
}

/** Which events a statement rests on. Both times are inclusive; names are always today's. */
export interface StatementTimes {
  /** The last day that counts (effective date); every day when absent. */
  readonly asOf?: BusinessDate | undefined;
  /** The log position at which the statement was known; the present when absent. */
  readonly knownAt?: bigint | undefined;
}

interface AccountRecord {
  readonly own: readonly RecordedEvent<AccountEvent>[];
  readonly absorbed: readonly RecordedEvent<AccountEvent>[];
}

/** The account's stream, with what was written about its corrections. */
const ACCOUNT = { category: 'account', schemas: accountEventSchemas } as const;

/** Reads a record to its beginning: no closing lies before this year. */
const EVERY_YEAR = 0;

/** A year of which there is a statement. */
export interface StatementYear {
  readonly year: number;
  /** Contribution months of that year on record. */
  readonly months: number;
  readonly closed: boolean;
}

/** Rebuilds statements from the log itself; PostgreSQL is not asked. */
@Injectable()
export class StatementReader {
  constructor(
    private readonly store: EventStore,
    @Inject(AREA) private readonly area: string,
  ) {}

  /** The statement of a year, effective on a day, as known at a log position. Throws `person-unknown`. */
  async statement(personId: string, year: number, times: StatementTimes = {}): Promise<NamedStatement> {
    const [person, { own, absorbed }] = await Promise.all([
      this.store.load(personView, personId),
      this.recordFor(personId, year, times),
    ]);
    if (person.state === undefined) throw personUnknown();
    const statement = personalStatement(year, own, absorbed);
    const { months, corrections, conflicts = [] } = statement;
    const codes = new Set([...months, ...corrections, ...conflicts].map(({ employer }) => employer));
    const names = await Promise.all(
      [...codes].map(async (code) => [code, (await this.store.load(employerView, code)).state] as const),
    );
    const named = {
      ...{ area: this.area, person: { personId, ...person.state }, employers: Object.fromEntries(names) },
      ...statement,
    };
    return { ...named, digest: digestOf(named) };
  }

  /** Why a figure of a year's statement is what it is. Throws `person-unknown` and `figure-unknown`. */
  async explain(personId: string, year: number, figure: string, times: StatementTimes = {}): Promise<ExplainedFigure> {
    const name = figureName(figure);
    const person = await this.store.load(personView, personId);
    if (person.state === undefined) throw personUnknown();
    const { own, absorbed } = await this.recordFor(personId, year, times);
    const statement = personalStatement(year, own, absorbed);
    const month = 'month' in name ? statement.months.find((each) => each.month === name.month) : undefined;
    // A month of a merged identity was declared under that one.
    const credit = [...absorbed, ...own].find(({ id }) => id === month?.eventId);
    const declared =
      month === undefined || credit === undefined
        ? undefined
        : await declaredMonth(this.store, credit.data.personId, month);
    return explainFigure(figure, name, { statement, events: own, absorbed, declared });
  }

  /** The years of which there is something to state, the newest first. Throws `person-unknown`. */
  async years(personId: string): Promise<readonly StatementYear[]> {
    const person = await this.store.load(personView, personId);
    if (person.state === undefined) throw personUnknown();
    const { months, moved, closedYear } = await this.traces(personId);
    const years = new Set([...[...months].map((month) => Number(month.slice(0, 4))), ...moved]);
    if (closedYear > 0) years.add(closedYear);
    return [...years]
      .sort((one, other) => other - one)
      .map((year) => {
        const inYear = [...months].filter((month) => month.startsWith(String(year))).length;
        return { year, months: inYear, closed: year <= closedYear };
      });
  }

  /** The months on record, the years in which something moved since the last closing, and the year of that closing. */
  private async traces(personId: string) {
    const events: RecordedEvent<AccountEvent>[] = [];
    let closedYear = 0;
    for await (const event of this.store.readBackwards<AccountEvent>(ACCOUNT, personId)) {
      events.push(event);
      if (event.type !== 'YearClosed') continue;
      closedYear = (event.data as { year: number }).year;
      break;
    }
    events.reverse();
    return { months: creditedMonths(events), moved: movedEntries(events).map(({ year }) => year), closedYear };
  }

  /** The events of the account for a year's statement, and those of the accounts that were merged into it. */
  private async recordFor(personId: string, year: number, times: StatementTimes): Promise<AccountRecord> {
    const own = await this.eventsFor(personId, year, times);
    const merged = own
      .filter(({ type }) => type === 'AccountMergedFrom')
      .map(({ data }) => (data as { merged: string }).merged);
    const records = await Promise.all(merged.map((each) => this.recordFor(each, year, times)));
    return { own, absorbed: inLogOrder(records.flatMap((each) => [...each.own, ...each.absorbed])) };
  }

  /** How the person's bases on record stand to the area's average wages. Throws `person-unknown`. */
  async contributionIndex(personId: string, policy: PolicyBook): Promise<ContributionIndex> {
    const person = await this.store.load(personView, personId);
    if (person.state === undefined) throw personUnknown();
    const { own, absorbed } = await this.recordFor(personId, EVERY_YEAR, {});
    return contributionIndex(monthBases(inLogOrder([...own, ...absorbed])), policy, this.area);
  }

  /**
   * The account's events that a year's statement rests on. The year's credits may stand before the closing of the year
   * before it (a record rate is announced in summer), so the reading goes back one closing further.
   */
  private async eventsFor(personId: string, year: number, { asOf, knownAt }: StatementTimes) {
    const events: RecordedEvent<AccountEvent>[] = [];
    for await (const event of this.store.readBackwards<AccountEvent>(ACCOUNT, personId)) {
      if (knownAt !== undefined && event.position > knownAt) continue;
      if (asOf !== undefined && event.metadata.effectiveDate > asOf) continue;
      events.push(event);
      if (event.type === 'YearClosed' && (event.data as { year: number }).year <= year - 2) break;
    }
    return events.reverse();
  }
}

/**
 * The digest that a printed statement bears, to be compared with the one of what the agency states now. What can be erased -
 * the person's name and number, the reason of a correction - is no part of it, so that it outlives an erasure.
 */
export function digestOf(statement: Omit<NamedStatement, 'digest'>): string {
  const { person, corrections } = statement;
  const lasting = {
    ...statement,
    person: { personId: person.personId },
    corrections: corrections.map((each) => ({ ...each, reason: '' })),
  };
  return createHash('sha256').update(canonicalJson(lasting)).digest('hex');
}

function personUnknown(): DomainError {
  return new DomainError(
    'person-unknown',
    'The person is not registered.',
    '社会保险法 第74条: the agency keeps a record for every insured person.',
    'Check the citizen number or person id.',
  );
}
