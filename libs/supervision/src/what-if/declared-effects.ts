import type { DeclarationEvent } from '@provident/collection/events';
import { type Fund, fundOf, invariant, Money, type Month, type RecordedEvent } from '@provident/kernel';
import { type ContributionTerms, contributionTerms, type PolicyBook } from '@provident/policy';
import { LIMITS } from '../limits.js';
import type { EmployersSeen } from './employers-seen.js';
import { changedParameters, type Declared, type DeclaredPerson, type MonthEffect, recompute } from './recompute.js';
import { tooLarge } from './refusals.js';
import type { ExplainedMonth } from './report.js';
import { Sum, sumAt } from './tally.js';

/** What a person paid and would have paid over all months, and what the person was like at the last of them. */
export interface PersonEffect {
  readonly own: Sum;
  readonly employer: Sum;
  wage: Money;
  lastEmployer: string;
  lastMonth: Month;
}

/** Lines of a declaration that is not closed yet, by the hash of their file. */
type Open = Map<string, DeclaredPerson[]>;

/** Recomputes every declared month. Lines wait until their declaration is closed; those of a file given up never count. */
export class DeclaredEffects {
  readonly people = new Map<string, PersonEffect>();
  readonly employers = new Map<string, Sum>();
  readonly contributions = new Map<string, Sum & { fund: Fund; month: Month }>();
  readonly chosen: ExplainedMonth[] = [];
  months = 0;
  /** Declarations whose parameters the law in force has otherwise now, without any proposal. */
  underOtherLaw = 0;
  private readonly open = new Map<string, Open>();
  private openLines = 0;
  private readonly terms = new Map<string, ContributionTerms>();
  /** By person: what each declared month would bring to the account, until it is credited. */
  private readonly accountShares = new Map<string, Map<string, Money>>();

  constructor(
    private readonly inForce: PolicyBook,
    private readonly proposed: PolicyBook,
    private readonly seen: EmployersSeen,
    private readonly chosenPerson: string | undefined,
  ) {}

  take(event: RecordedEvent<DeclarationEvent>): void {
    const { type, data } = event as unknown as DeclarationEvent;
    if (type === 'PayrollLinesDeclared') {
      const files = this.open.get(event.stream) ?? new Map<string, DeclaredPerson[]>();
      this.open.set(event.stream, files);
      const lines = files.get(data.fileHash) ?? [];
      files.set(data.fileHash, lines);
      for (const line of data.lines) lines.push(line);
      this.openLines += data.lines.length;
      if (this.openLines > LIMITS.simulatedOpenLines)
        throw tooLarge('lines of declarations under way', LIMITS.simulatedOpenLines);
    }
    if (type === 'ContributionDeclared') {
      const files = this.open.get(event.stream);
      this.open.delete(event.stream);
      for (const lines of files?.values() ?? []) this.openLines -= lines.length;
      this.close(data, event.metadata.area, files?.get(data.fileHash) ?? []);
    }
  }

  /** What a month that is credited would bring; asked once. */
  takeAccountShare(personId: string, employer: string, month: string): Money | undefined {
    const shares = this.accountShares.get(personId);
    const share = shares?.get(`${employer} ${month}`);
    shares?.delete(`${employer} ${month}`);
    return share;
  }

  private close(declared: Declared, area: string, people: readonly DeclaredPerson[]): void {
    const { employer, month } = declared;
    const terms = this.termsOf(this.proposed, declared, area);
    if (changedParameters(declared, this.termsOf(this.inForce, declared, area)).length > 0) this.underOtherLaw += 1;
    for (const person of people) {
      const effect = recompute(person, declared, terms);
      this.count(effect, employer, month);
      if (person.personId !== this.chosenPerson) continue;
      const { declarationId } = declared;
      this.chosen.push({ ...effect, month, employer, declarationId, changed: changedParameters(declared, terms) });
    }
  }

  private count({ personId, wage, lines, accountAfter }: MonthEffect, employer: string, month: Month): void {
    this.months += 1;
    const person = this.personOf(personId, employer, month);
    Object.assign(person, month >= person.lastMonth ? { wage, lastEmployer: employer, lastMonth: month } : {});
    for (const line of lines) {
      const fund = fundOf(line.scheme);
      const key = `${fund} ${month}`;
      let sum = this.contributions.get(key);
      if (sum === undefined) {
        sum = Object.assign(new Sum(), { fund, month });
        this.contributions.set(key, sum);
      }
      sum.add(line);
      if (line.payer === 'employee') person.own.add(line);
      else {
        person.employer.add(line);
        sumAt(this.employers, employer).add(line);
      }
    }
    const shares = this.accountShares.get(personId) ?? new Map<string, Money>();
    this.accountShares.set(personId, shares);
    shares.set(`${employer} ${month}`, accountAfter);
  }

  private personOf(personId: string, lastEmployer: string, lastMonth: Month): PersonEffect {
    let person = this.people.get(personId);
    if (person === undefined) {
      if (this.people.size >= LIMITS.simulatedPeople) throw tooLarge('people', LIMITS.simulatedPeople);
      person = { own: new Sum(), employer: new Sum(), wage: Money.zero, lastEmployer, lastMonth };
      this.people.set(personId, person);
    }
    return person;
  }

  private termsOf(book: PolicyBook, { employer, month }: Declared, area: string): ContributionTerms {
    const riskClass = this.seen.riskClassIn(employer, month);
    invariant(riskClass !== undefined, `${employer} declared ${month} without being registered.`);
    const key = `${book === this.proposed ? 'proposed' : 'in force'} ${area} ${month} ${riskClass}`;
    let terms = this.terms.get(key);
    if (terms === undefined) {
      terms = contributionTerms(book, { area, month, riskClass });
      this.terms.set(key, terms);
    }
    return terms;
  }
}
