import { CloseYear, CorrectCredit } from '@provident/accounts';
import { FileDeclaration, ImportReceipts } from '@provident/collection';
import { businessDate, DomainError, FUNDS, month } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import {
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from '../support/invented.js';
import { MemoryLedger } from '../support/memory-ledger.js';
import { owed } from '../support/owed.js';
import { memoryIndex } from '../support/person-ids.js';

const [EMPLOYER, OTHER_EMPLOYER] = [0, 1];
const [ANNA, BERTA, STRANGER] = [0, 1, 9].map((place) => memoryIndex.personIdOf(citizenNumber(place))) as [
  string,
  string,
  string,
];
const [NOVEMBER, DECEMBER] = [month('2025-11'), month('2025-12')];

let ledger: MemoryLedger;
const on = (day: string) => ledger.context(businessDate(day));
const types = () => ledger.log.events.map((event) => event.type);
const count = (type: string) => types().filter((each) => each === type).length;

async function declare(employer: number, place: number, declared = DECEMBER): Promise<void> {
  const file = declarationCsv([[citizenNumber(place), personName(place), '10000']]);
  await ledger.execute(new FileDeclaration(creditCode(employer), declared, file, {}, on(`${declared}-08`)));
}

/** The employer pays all that it owes. */
async function pay(employer: number, valueDate: string): Promise<void> {
  const lines = FUNDS.map((fund) => {
    const amount = owed(ledger.log, creditCode(employer), fund).toString();
    return [`${employer}-${fund}-${valueDate}`, valueDate, fund, amount, '', creditCode(employer)];
  });
  await ledger.execute(new ImportReceipts(receiptsCsv(lines), {}, on(valueDate)));
}

function correction(wrongPersonId: string, rightPersonId: string): CorrectCredit {
  const body = { wrongPersonId, rightPersonId, month: DECEMBER, correctedOn: businessDate('2025-12-28'), reason: '误' };
  return new CorrectCredit(body, on('2025-12-28'));
}

const refusal = (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'accepted',
    (error: unknown) => (error instanceof DomainError ? error.code : Promise.reject(error as Error)),
  );

beforeEach(async () => {
  ledger = new MemoryLedger();
  await ledger.execute(new ImportEmployers(employersCsv([EMPLOYER, OTHER_EMPLOYER]), {}, on('2025-01-01')));
  const people = [
    { place: 0, employer: EMPLOYER },
    { place: 1, employer: OTHER_EMPLOYER },
  ];
  await ledger.execute(new ImportPeople(peopleCsv(people, '2025-11'), {}, on('2025-01-01')));
});

describe('a correction', () => {
  it('that is refused for its second half leaves the first undone too', async () => {
    await declare(EMPLOYER, 0);
    await pay(EMPLOYER, '2025-12-15');
    await declare(OTHER_EMPLOYER, 1);
    await pay(OTHER_EMPLOYER, '2025-12-15');
    const before = ledger.log.head;
    expect(count('ContributionCredited')).toBe(2);
    expect(await refusal(ledger.execute(correction(ANNA, BERTA)))).toBe('month-already-credited');
    expect(await refusal(ledger.execute(correction(ANNA, STRANGER)))).toBe('person-unknown');
    expect(ledger.log.head).toBe(before);
  });

  it('given again after the closing of the year changes nothing', async () => {
    await declare(EMPLOYER, 0);
    await pay(EMPLOYER, '2025-12-15');
    const command = correction(ANNA, BERTA);
    await ledger.execute(command);
    await ledger.execute(new CloseYear({ year: 2025 }, on('2026-01-10')));
    const before = ledger.log.head;
    expect(await refusal(ledger.execute(command))).toBe('accepted');
    expect(ledger.log.head).toBe(before);
    expect(count('ContributionCreditReversed')).toBe(1);
  });
});

describe('a paid month', () => {
  it('whose year is closed already counts from the first day of the next one', async () => {
    await declare(EMPLOYER, 0, NOVEMBER);
    await pay(EMPLOYER, '2025-11-15');
    await declare(EMPLOYER, 0, DECEMBER);
    await ledger.execute(new CloseYear({ year: 2025 }, on('2026-01-10')));
    // The bank sends in January what arrived in December.
    await pay(EMPLOYER, '2025-12-31');
    const late = ledger.log.events.findLast((event) => event.type === 'ContributionCredited');
    expect(late?.data).toMatchObject({ personId: ANNA, month: DECEMBER, creditedOn: '2026-01-01' });
    expect(late?.metadata.effectiveDate).toBe('2026-01-01');
  });

  it('that the person has on record already is kept as a conflict for a clerk, once', async () => {
    await declare(EMPLOYER, 0);
    await declare(OTHER_EMPLOYER, 1);
    await pay(EMPLOYER, '2025-12-15');
    await ledger.execute(correction(ANNA, BERTA));
    await pay(OTHER_EMPLOYER, '2025-12-20');
    expect(count('ContributionCredited')).toBe(2);
    const conflict = ledger.log.events.at(-1);
    expect(conflict?.type).toBe('CreditConflictFound');
    expect(conflict?.data).toMatchObject({ personId: BERTA, month: DECEMBER, accountAmount: '800.00' });
  });
});

it('a year that is not over is not closed', async () => {
  expect(await refusal(ledger.execute(new CloseYear({ year: 2025 }, on('2025-12-31'))))).toBe('year-not-over');
});
