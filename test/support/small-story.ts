import { CloseYear, CorrectCredit } from '@provident/accounts';
import { FileDeclaration, ImportReceipts } from '@provident/collection';
import { type BusinessDate, businessDate, type CommandContext, month } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import {
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from './invented.js';
import { personIds } from './person-ids.js';
import type { TestLedger } from './test-ledger.js';

/** Whom the story is about: two employers, with two people each. */
export const [FIRST, SECOND] = [creditCode(0), creditCode(1)];
export const JULY = month('2025-07');

/** Wages of July 2025, in the order of the people; bounds are 7460 and 37302. */
export const WAGES = ['10000.00', '7000.00', '20000.00', '50000.00'] as const;

const OTHERS = { reviewer: 'clerk:wang', approver: 'clerk:zhao' };

/** A short history over every context, told step by step so that a test can look between the steps. */
export class SmallStory {
  private receipts = 0;

  /** The first person of either employer. */
  readonly anna: string;
  readonly carla: string;

  constructor(private readonly office: TestLedger) {
    [this.anna = '', this.carla = ''] = personIds(office.ledger.app, 0, 2);
  }

  /** Two employers of risk classes 1 and 2, two people each, everybody in all schemes from July on. */
  async register(): Promise<void> {
    const on = this.at('2025-07-01');
    await this.office.ledger.commands.execute(new ImportEmployers(employersCsv([0, 1]), {}, on('employers')));
    const people = [0, 1, 2, 3].map((place) => ({ place, employer: Math.floor(place / 2) }));
    await this.office.ledger.commands.execute(new ImportPeople(peopleCsv(people, '2025-07'), {}, on('people')));
    await this.office.ledger.settled();
  }

  /** An employer declares its two people for July. */
  async declare(employer: 0 | 1): Promise<void> {
    const rows = [0, 1].map((at) => {
      const place = employer * 2 + at;
      return [citizenNumber(place), personName(place), WAGES[place] ?? ''];
    });
    const context = this.at('2025-07-08')(`declare ${employer}`);
    const command = new FileDeclaration(creditCode(employer), JULY, declarationCsv(rows), {}, context);
    await this.office.ledger.commands.execute(command);
    await this.office.ledger.settled();
  }

  /** Money arrives from an employer on a day: an amount for a fund, by its Chinese name. */
  async pay(employer: 0 | 1, day: string, amounts: Readonly<Record<string, string>>): Promise<void> {
    const lines = Object.entries(amounts).map(([fund, amount]) => {
      this.receipts += 1;
      return [`BANK-${this.receipts}`, day, fund, amount, '付款单位', creditCode(employer), '七月'];
    });
    const context = this.at(day)(`pay ${this.receipts}`);
    await this.office.ledger.commands.execute(new ImportReceipts(receiptsCsv(lines), {}, context));
    await this.office.ledger.settled();
  }

  /** One person's July goes to another's record, entered by clerk:li, reviewed and approved by others. */
  async correct(wrongPersonId: string, rightPersonId: string, day: string, by = OTHERS): Promise<void> {
    const body = {
      ...{ wrongPersonId, rightPersonId, month: JULY },
      ...{ correctedOn: businessDate(day), reason: '申报有误' },
    };
    const context = { ...this.at(day)('correct'), ...by };
    await this.office.ledger.commands.execute(new CorrectCredit(body, context));
    await this.office.ledger.settled();
  }

  /** The year's interest is posted to everybody. */
  async closeYear(): Promise<void> {
    await this.office.ledger.commands.execute(new CloseYear({ year: 2025 }, this.at('2026-01-10')('close')));
    await this.office.ledger.settled();
  }

  private at(day: string): (name: string) => CommandContext {
    const on: BusinessDate = businessDate(day);
    return (name) => this.office.ledger.context('clerk:li', on, 'small story', name);
  }
}

/** What the first employer owes for July, by fund: 24 % of 17460, 11.5 %, 1 %, 0.2 %. */
export const FIRST_DUES = { 养老: '4190.40', 医疗: '1920.60', 失业: '174.60', 工伤: '34.92' } as const;
