import { PersonIndex } from '@provident/access';
import { HttpDesk } from '../support/http-desk.js';
import { citizenNumber, creditCode, declarationCsv, personName, receiptsCsv } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * A clerk's year in short, over HTTP: one employer of risk class 1, three people, July 2025. Contribution bounds from
 * 7460 to 37302; employer 16 %, 9 % (with maternity), 0.5 %, 0.2 %; employee 8 %, 2 %, 0.5 %.
 */
const EMPLOYER = creditCode(0);
const SCHEMES = ['pension', 'medical', 'unemployment', 'work-injury'];
const PAYROLL = declarationCsv([
  [citizenNumber(0), personName(0), '10000.00'],
  [citizenNumber(1), personName(1), '7000.00'],
  [citizenNumber(2), personName(2), '50000.00'],
]);
/** Bases 10000, 7460 and 37302. */
const TOTAL_BASE_FEN = 5_476_200n;

let desk: HttpDesk;
let PEOPLE: string[];
let [ANNA = '', BERTA = '']: string[] = [];
let due: Record<string, string>;

beforeAll(async () => {
  desk = await HttpDesk.open();
  PEOPLE = personIds(desk.office.ledger.app, 0, 1, 2);
  [ANNA = '', BERTA = ''] = PEOPLE;
});
afterAll(() => desk.office.close());

const declare = (file = PAYROLL) =>
  desk.postBytes(`/api/employers/${EMPLOYER}/declarations/2025-07?on=2025-07-08`, file);
const line = (reference: string, fund: string, amount: string, employer = EMPLOYER) => [
  ...[reference, '2025-07-15', fund, amount, '付款单位', employer, '七月'],
];

describe('a clerk over HTTP', () => {
  it('registers and enrols; the same again is already so', async () => {
    const employer = { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 };
    const first = await desk.post('/api/employers', employer);
    expect(first).toMatchObject({ status: 201, body: { events: 1 } });
    expect(await desk.post('/api/employers', employer)).toMatchObject({
      status: 201,
      body: { events: 0, position: first.body['position'] },
    });
    for (const [place, personId] of PEOPLE.entries()) {
      const person = { citizenNumber: citizenNumber(place), name: personName(place) };
      expect(await desk.post('/api/people', person)).toMatchObject({ status: 201, body: { events: 1 } });
      const enrolment = { employer: EMPLOYER, schemes: SCHEMES, from: '2025-07' };
      const enrolled = await desk.post(`/api/people/${personId}/enrolments`, enrolment);
      expect(enrolled).toMatchObject({ status: 201, body: { events: 1 } });
    }
  });

  it('is answered alike for the same Idempotency-Key, and nothing is appended twice', async () => {
    const end = (key: string) =>
      desk.post(`/api/employers/${EMPLOYER}/risk-class`, { riskClass: 2, from: '2026-02' }, { 'idempotency-key': key });
    const first = await end('change-1');
    expect(first).toMatchObject({ status: 201, body: { events: 1 } });
    const head = await desk.office.head();
    expect(await end('change-1')).toMatchObject({ status: 201, body: { events: 0, position: first.body['position'] } });
    expect(await desk.office.head()).toBe(head);
  });

  it('looks at a declaration first, tells its faults in its own rows, and writes nothing', async () => {
    const head = await desk.office.head();
    const faulty = declarationCsv([
      [citizenNumber(0), personName(0), '10000.00'],
      [citizenNumber(1), '王某某', '7000.00'],
      [citizenNumber(9), personName(9), '-1'],
    ]);
    const path = `/api/employers/${EMPLOYER}/declarations/2025-07`;
    expect(await desk.postBytes(`${path}/checks?on=2025-07-08`, faulty)).toMatchObject({
      status: 200,
      body: {
        ...{ goodRows: 1, faults: 2, notShown: 0, elsewhere: [] },
        rows: [
          {
            line: 3,
            cells: [citizenNumber(1), '王某某', '7000.00', '', '', ''],
            faults: [{ column: 1, code: 'name-differs' }],
          },
          { line: 4, faults: [{ column: 2, code: 'amount-negative' }] },
        ],
      },
    });
    const copy = await desk.download(`${path}/marked-copies?format=csv`, {
      method: 'POST',
      headers: { 'content-type': 'text/csv' },
      body: faulty,
    });
    expect(copy).toMatchObject({ status: 200, type: 'text/csv' });
    expect(copy.bytes.toString().split('\r\n')[2]).toContain('[B name-differs] 姓名与登记不一致');
    expect(await desk.postBytes(`${path}/checks`, PAYROLL)).toMatchObject({ body: { goodRows: 3, faults: 0 } });
    const receipts = receiptsCsv([line('B1', '养老', '1.00'), line('B1', '养老', '2.00')]);
    expect(await desk.postBytes('/api/receipts/checks', receipts)).toMatchObject({
      body: { goodRows: 1, faults: 1, rows: [{ line: 3, faults: [{ column: 0, code: 'reference-twice' }] }] },
    });
    expect(await desk.office.head()).toBe(head);
  });

  it('files a declaration once; the same file again changes nothing, another one is refused', async () => {
    expect(await declare()).toMatchObject({ status: 201, body: { rows: 3, faults: 0 } });
    const head = await desk.office.head();
    expect(await declare()).toMatchObject({ status: 201, body: { rows: 3 } });
    const other = await declare(declarationCsv([[citizenNumber(0), personName(0), '9999.00']]));
    expect(other).toMatchObject({ status: 409, type: 'application/problem+json' });
    expect(other.body['type']).toBe('urn:provident:problem:declaration-already-filed');
    expect(await desk.office.head()).toBe(head);
  });

  it('finds the dues in the statistics', async () => {
    const { body } = await desk.get(`/api/statistics/months/2025-07?atLeast=${await desk.office.head()}`);
    const { schemes, all } = body as { schemes: { scheme: string; due: string }[]; all: object };
    expect(all).toMatchObject({ participants: '3', payers: '0', received: '0.00' });
    due = Object.fromEntries(schemes.map((each) => [each.scheme, each.due]));
    expect(due['pension']).toBe(yuan((TOTAL_BASE_FEN * 24n) / 100n));
    expect(due['unemployment']).toBe(yuan(TOTAL_BASE_FEN / 100n));
  });

  it('takes in receipts: short, unidentified and over; the people are credited once all is paid', async () => {
    const medical = fen(due['medical']) + fen(due['maternity']);
    const short = receiptsCsv([
      line('B1', '养老', yuan(fen(due['pension']) + 10_000n)),
      line('B2', '医疗', yuan(medical - 1n)),
      line('B3', '失业', due['unemployment'] ?? ''),
      line('B4', '工伤', due['work-injury'] ?? '', ''),
    ]);
    expect(await desk.postBytes('/api/receipts', short)).toMatchObject({ status: 201, body: { rows: 4 } });
    const head = await desk.office.head();
    expect((await statement(ANNA)).body).toMatchObject({ months: [] });
    expect(await desk.postBytes('/api/receipts', short)).toMatchObject({ status: 201, body: { rows: 4 } });
    expect(await desk.office.head()).toBe(head);
    await desk.postBytes('/api/receipts', receiptsCsv([line('B5', '医疗', '0.01')]));
    const found = {
      fund: 'work-injury',
      bankReference: 'B4',
      employer: EMPLOYER,
      identifiedOn: '2025-07-20',
      reason: '查实',
    };
    expect(await desk.post('/api/receipts/identifications', found)).toMatchObject({ status: 201, body: { events: 1 } });
    await desk.office.head();
    expect((await statement(ANNA)).body).toMatchObject({
      months: [{ month: '2025-07', base: '10000.00', accountAmount: '800.00', creditedOn: '2025-07-20' }],
      account: { credited: '800.00', closed: false },
    });
  });

  it('tells why a figure of a statement is what it is', async () => {
    const why = async (person: string, figure: string) =>
      (await desk.get(`/api/people/${person}/statements/2025/explanations/${figure}`)).body;
    expect(await why(BERTA, 'month.2025-07.base')).toMatchObject({
      amount: '7460.00',
      steps: [{ value: '7000.00' }, { working: 'min(max(7000.00, 7460.00), 37302.00)', value: '7460.00' }],
      events: [{ type: 'PayrollLinesDeclared' }, { type: 'ContributionDeclared' }, { type: 'ContributionCredited' }],
    });
    expect(await why(ANNA, 'month.2025-07.pension.employee')).toMatchObject({
      amount: '800.00',
      steps: [{ working: '10000.00 × 0.08', value: '800.00', parameters: [{ id: 'pension.employee' }] }],
    });
    expect(await why(ANNA, 'account.closing')).toMatchObject({ amount: '800.00' });
    for (const nothing of ['month.2025-08.base', 'month.2025-07.rent', 'account.gold']) {
      expect(await why(ANNA, nothing)).toMatchObject({ type: 'urn:provident:problem:figure-unknown', status: 404 });
    }
  });

  it('prints a statement, in either language', async () => {
    for (const language of ['zh', 'en']) {
      const { status, type, bytes } = await desk.download(
        `/api/people/${ANNA}/statements/2025/pdf?language=${language}`,
      );
      expect({ status, type, start: bytes.subarray(0, 5).toString() }).toEqual({
        status: 200,
        type: 'application/pdf',
        start: '%PDF-',
      });
    }
    expect((await desk.get(`/api/people/${ANNA}/statements`)).body).toEqual({
      years: [{ year: 2025, months: 1, closed: false }],
    });
  });

  it('reads what it wrote: balances as of two times', async () => {
    const head = await desk.office.head();
    const balance = async (account: string, query: string) =>
      (await desk.get(`/api/books/funds/employee-pension/accounts/${account}/balance?${query}`)).body['balance'];
    expect(await balance('4001', `atLeast=${head}`)).toBe(due['pension']);
    expect(await balance('2001', `atLeast=${head}`)).toBe('100.00');
    expect(await balance('1002', `atLeast=${head}&asOf=2025-07-14`)).toBe('0.00');
    expect(await balance('1002', `atLeast=${head}&knownAt=0`)).toBe('0.00');
    expect(await balance('1002', `atLeast=${head}&knownAt=2020-12-31`)).toBe('0.00');
    expect(await balance('1002', `atLeast=${head}&knownAt=2199-12-31T00:00:00Z`)).toBe(await balance('1002', ''));
    expect(await desk.get('/api/books/funds?knownAt=yesterday')).toMatchObject({ status: 400 });
    const funds = (await desk.get('/api/books/funds')).body as unknown as Record<string, string>[];
    for (const { assets, liabilities, netAssets } of funds) expect(fen(assets)).toBe(fen(liabilities) + fen(netAssets));
  });

  it('corrects a wrong credit in red', async () => {
    const month = '2025-07';
    const body = { wrongPersonId: ANNA, month, rightPersonId: BERTA, correctedOn: '2025-08-01', reason: '误' };
    const correct = (request: object) => desk.settleCase('credit-correction', request, 'proof-of-employment');
    expect(await correct(body)).toMatchObject({ status: 'carry-out-failed' });
    expect((await statement(ANNA)).body).toMatchObject({ months: [{ month }] });
    const newcomer = { citizenNumber: citizenNumber(3), name: personName(3) };
    await desk.post('/api/people', newcomer);
    const right = { ...body, rightPersonId: desk.office.ledger.get(PersonIndex).personIdOf(newcomer.citizenNumber) };
    expect(await correct(right)).toMatchObject({ status: 'carried-out' });
    expect((await statement(ANNA)).body).toMatchObject({ months: [], corrections: [{ accountAmount: '-800.00' }] });
    expect((await statement(right.rightPersonId)).body).toMatchObject({ account: { credited: '800.00' } });
  });

  it('closes the year, after its end and once', async () => {
    const early = await desk.post('/api/accounts/year-closings', { year: 2026 });
    expect(early).toMatchObject({ status: 422, body: { type: 'urn:provident:problem:year-not-over' } });
    expect(await desk.post('/api/accounts/year-closings', { year: 2025 })).toMatchObject({
      status: 201,
      body: { accounts: 4, closed: 3 },
    });
    expect((await statement(BERTA)).body).toMatchObject({
      account: { closed: true, interest: { rate: expect.any(String) } },
    });
    expect(await desk.post('/api/accounts/year-closings', { year: 2025 })).toMatchObject({ body: { closed: 0 } });
  });

  it('and the whole examines clean', async () => {
    const head = await desk.office.head();
    const verification = await desk.get(`/api/books/verification?atLeast=${head}`);
    expect(verification.body).toMatchObject({ clean: true });
    const { personalAccounts, controlAccount } = (await desk.get('/api/books/control-totals')).body;
    expect(personalAccounts).toBe(controlAccount);
    expect((await desk.office.ledger.verify()).differing).toEqual([]);
    expect(desk.office.failures).toEqual([]);
  });
});

const statement = (personId: string) => desk.get(`/api/people/${personId}/statements/2025`);

function fen(yuanText = ''): bigint {
  return BigInt(yuanText.replace('.', ''));
}

function yuan(amountFen: bigint): string {
  const digits = amountFen.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
