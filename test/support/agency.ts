import { CloseYear, CorrectCredit } from '@provident/accounts';
import { ChargeLateFees, FileDeclaration, IdentifyReceipt, ImportReceipts } from '@provident/collection';
import { declaredStaff } from '@provident/collection/declared-staff';
import {
  addDays,
  addMonths,
  type BusinessDate,
  businessDate,
  DomainError,
  type Fund,
  FUNDS,
  Money,
  type Month,
  month,
  monthOf,
  type RecordedEvent,
} from '@provident/kernel';
import { EndEnrolment, ImportEmployers, ImportPeople, insured, MergeIdentity } from '@provident/registry';
import {
  ALL_SCHEMES,
  type Cells,
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from './invented.js';
import { type LedgerCommand, MemoryLedger } from './memory-ledger.js';
import { EMPLOYERS, type Move, PEOPLE } from './moves.js';
import { lateFeesOwed, owed } from './owed.js';
import { memoryIndex } from './person-ids.js';

const FIRST_MONTH = month('2025-01');

/** Plays moves through the product's own handlers. Refusals are part of life; any other error is a finding. */
export class Agency {
  readonly ledger = new MemoryLedger();
  /** Moves that appended something, and those that were refused. */
  accepted = 0;
  refused = 0;
  private today: BusinessDate = businessDate('2025-01-05');
  private next = Array.from({ length: EMPLOYERS }, () => FIRST_MONTH);
  private references = 0;
  private lastLine: Cells | undefined;

  static async play(moves: readonly Move[]): Promise<Agency> {
    const agency = new Agency();
    await agency.open();
    for (const move of moves) {
      agency.today = addDays(agency.today, move.days);
      await agency.move(move);
    }
    return agency;
  }

  private async open(): Promise<void> {
    const { ledger, today } = this;
    const places = Array.from({ length: EMPLOYERS }, (_, place) => place);
    const people = Array.from({ length: PEOPLE }, (_, place) => ({ place, employer: place % EMPLOYERS }));
    await ledger.execute(new ImportEmployers(employersCsv(places), {}, ledger.context(today)));
    await ledger.execute(new ImportPeople(peopleCsv(people, '2024-12'), {}, ledger.context(today)));
  }

  private move(move: Move): Promise<void> {
    switch (move.do) {
      case 'declare':
        return this.declare(move);
      case 'pay':
        return this.pay(move);
      case 'pay-all':
        return this.payAll(move.employer);
      case 'assess-late-fees': {
        const context = this.ledger.context(this.today);
        return this.attempt(new ChargeLateFees(creditCode(move.employer), { assessedOn: this.today }, context));
      }
      case 'pay-late-fees':
        return this.payLateFees(move);
      case 'identify':
        return this.identify(move.which, creditCode(move.employer));
      case 'correct':
        return this.correct(move.which, memoryIndex.personIdOf(citizenNumber(move.person)));
      case 'merge':
        return this.merge(move.person, move.survivor);
      case 'close':
        return this.attempt(new CloseYear({ year: move.year }, this.ledger.context(this.today)));
    }
  }

  private async declare(move: Extract<Move, { do: 'declare' }>): Promise<void> {
    const next = this.next[move.employer] ?? FIRST_MONTH;
    const declared = move.again ? addMonths(next, -1) : next;
    const employer = creditCode(move.employer);
    const rows: Cells[] = [];
    const before = await declaredStaff(this.ledger.store, employer, addMonths(declared, -1));
    for (let place = 0; place < PEOPLE; place += 1) {
      const choice = move.choices[place] ?? 0;
      const wage = Money.fromFen(BigInt(move.wages[place] ?? 0)).toString();
      const change = this.changeOf(place, employer, declared, before, choice);
      const who = [citizenNumber(place), personName(place)];
      if (change === 'stay') rows.push([...who, wage]);
      if (change === 'leave') rows.push([...who, '', '', '减员']);
      if (change === 'join') rows.push([...who, wage, choice === 15 ? '养老、工伤' : ALL_SCHEMES, '增员']);
    }
    if (rows.length === 0) return;
    const options = { acceptGoodRows: move.acceptGoodRows };
    const context = this.ledger.context(this.today);
    const head = this.ledger.log.head;
    await this.attempt(new FileDeclaration(employer, declared, declarationCsv(rows), options, context));
    if (this.ledger.log.head > head && !move.again) this.next[move.employer] = addMonths(declared, 1);
  }

  /** Mostly what the register allows; now and then a mistake. */
  private changeOf(
    place: number,
    employer: string,
    declared: Month,
    before: ReadonlyMap<string, unknown> | undefined,
    choice: number,
  ): 'stay' | 'leave' | 'join' | 'absent' {
    const personId = memoryIndex.personIdOf(citizenNumber(place));
    if (choice === 0) return 'stay';
    if (before?.has(personId) === true) return choice < 4 ? 'leave' : 'stay';
    const { enrolments } = this.ledger.log.stateOf(insured, personId);
    const through = enrolments.find((each) => each.lastMonth === undefined || each.lastMonth >= declared);
    if (through === undefined) return choice < 8 ? 'absent' : 'join';
    if (through.employer !== employer) return choice === 1 ? 'join' : 'absent';
    return choice < 3 ? 'absent' : through.from <= declared ? 'stay' : 'absent';
  }

  private async pay(move: Extract<Move, { do: 'pay' }>): Promise<void> {
    const { employer, fund, how, fen, from, backdated, again } = move;
    const outstanding = owed(this.ledger.log, creditCode(employer), fund);
    const some = Money.fromFen(BigInt(fen));
    const wanted = { exact: outstanding, short: outstanding.minus(some), over: outstanding.plus(some), any: some }[how];
    const code = { employer: creditCode(employer), nobody: '', stranger: creditCode(99) }[from];
    if (!wanted.isPositive) return;
    const line = again ? this.lastLine : this.bankLine(fund, wanted, code, addDays(this.today, -backdated));
    if (line !== undefined) await this.bring([line]);
  }

  /** Everything that the employer owes, in every fund: most months should come to be credited. */
  private async payAll(place: number): Promise<void> {
    const employer = creditCode(place);
    const lines = FUNDS.flatMap((fund) => {
      const outstanding = owed(this.ledger.log, employer, fund);
      return outstanding.isPositive ? [this.bankLine(fund, outstanding, employer, this.today)] : [];
    });
    if (lines.length > 0) await this.bring(lines);
  }

  /** What is charged and unpaid in a fund, a little more or less; some of it before anything is charged. */
  private async payLateFees({ employer, fund, off, from }: Extract<Move, { do: 'pay-late-fees' }>): Promise<void> {
    const amount = lateFeesOwed(this.ledger.log, creditCode(employer), fund).plus(Money.fromFen(BigInt(off)));
    if (!amount.isPositive) return;
    const code = from === 'employer' ? creditCode(employer) : '';
    await this.bring([[...this.bankLine(fund, amount, code, this.today), '滞纳金']]);
  }

  private bankLine(fund: Fund, amount: Money, code: string, day: BusinessDate): Cells {
    this.references += 1;
    return [`PROOF-${this.references}`, day, fund, amount.toString(), '付款人', code, ''];
  }

  private async bring(lines: readonly Cells[]): Promise<void> {
    this.lastLine = lines.at(-1);
    await this.attempt(new ImportReceipts(receiptsCsv(lines), {}, this.ledger.context(this.today)));
  }

  private async identify(which: number, employer: string): Promise<void> {
    const held = this.ofType('UnidentifiedReceiptHeld')[which] ?? this.ofType('UnidentifiedReceiptHeld').at(-1);
    if (held === undefined) return;
    const { fund, bankReference } = held.data as { fund: Fund; bankReference: string };
    const body = { fund, bankReference, employer, identifiedOn: this.today, reason: '经核实' };
    await this.attempt(new IdentifyReceipt(body, this.ledger.context(this.today)));
  }

  private async correct(which: number, rightPersonId: string): Promise<void> {
    const credits = this.ofType('ContributionCredited');
    const wrong = credits[credits.length - 1 - which] ?? credits.at(-1);
    if (wrong === undefined) return;
    const { personId: wrongPersonId, month: credited } = wrong.data as { personId: string; month: Month };
    const body = { wrongPersonId, rightPersonId, month: credited, correctedOn: this.today, reason: '申报有误' };
    await this.attempt(new CorrectCredit(body, this.ledger.context(this.today)));
  }

  /** One relationship goes on at most: what goes on under the second number is ended first. */
  private async merge(second: number, first: number): Promise<void> {
    const [merged = '', survivor = ''] = [second, first].map((place) => memoryIndex.personIdOf(citizenNumber(place)));
    const { enrolments } = this.ledger.log.stateOf(insured, merged);
    for (const { employer, lastMonth } of enrolments) {
      if (lastMonth !== undefined) continue;
      const end = { employer, lastMonth: monthOf(this.today) };
      await this.attempt(new EndEnrolment(merged, end, this.ledger.context(this.today)));
    }
    const body = { survivor, mergedOn: this.today, reason: '重复参保' };
    await this.attempt(new MergeIdentity(merged, body, this.ledger.context(this.today)));
  }

  private ofType(type: string): RecordedEvent[] {
    return this.ledger.log.events.filter((event) => event.type === type);
  }

  private async attempt(command: LedgerCommand): Promise<void> {
    const head = this.ledger.log.head;
    try {
      await this.ledger.execute(command);
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refused += 1;
    }
    if (this.ledger.log.head > head) this.accepted += 1;
  }
}
