import { randomUUID } from 'node:crypto';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import { citizenNumber, creditCode, declarationCsv, personName } from '../support/invented.js';

/** Bad requests: each is answered with a problem (RFC 9457) that names what is wrong, and nothing is written. */
const ANNA = randomUUID();
const EMPLOYER = creditCode(0);
const employer = { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 };
const enrolment = { employer: EMPLOYER, schemes: ['pension'], from: '2025-07' };
const DECLARATIONS = `/api/employers/${EMPLOYER}/declarations/2025-07`;
const payroll = declarationCsv([[citizenNumber(0), personName(0), '10000']]);
const TOO_LARGE = 64 * 1024 * 1024 + 1;

let desk: HttpDesk;
let before: bigint;

beforeAll(async () => {
  desk = await HttpDesk.open();
  await desk.post('/api/employers', employer);
  before = await desk.office.head();
});
afterAll(() => desk.office.close());
afterEach(async () => expect(await desk.office.head()).toBe(before));

type Case = readonly [what: string, status: number, code: string, request: () => Promise<Answer>];

const cases: readonly Case[] = [
  ['an unknown person', 404, 'person-unknown', () => desk.post(`/api/people/${ANNA}/enrolments`, enrolment)],
  ['an unknown person’s statement', 404, 'person-unknown', () => desk.get(`/api/people/${ANNA}/statements/2025`)],
  [
    'an unknown employer',
    404,
    'employer-unknown',
    () => desk.postBytes(`/api/employers/${creditCode(7)}/declarations/2025-07`, payroll),
  ],
  [
    'an employer registered with other particulars',
    409,
    'employer-already-registered',
    () => desk.post('/api/employers', { ...employer, name: '别的名字' }),
  ],
  [
    'a wrong check digit of a citizen number',
    400,
    'request-malformed',
    () => desk.post('/api/people', { citizenNumber: citizenNumber(0).slice(0, 17) + 'Q', name: '王' }),
  ],
  [
    'a wrong check digit of a credit code',
    400,
    'request-malformed',
    () => desk.post('/api/employers', { ...employer, creditCode: `${EMPLOYER.slice(0, 17)}!` }),
  ],
  ['a field too many', 400, 'request-malformed', () => desk.post('/api/employers', { ...employer, wage: '1' })],
  ['a missing field', 400, 'request-malformed', () => desk.post('/api/employers', { ...employer, name: undefined })],
  ['a number for a text', 400, 'request-malformed', () => desk.post('/api/employers', { ...employer, name: 1 })],
  [
    'a scheme that is none',
    400,
    'request-malformed',
    () => desk.post(`/api/people/${ANNA}/enrolments`, { ...enrolment, schemes: ['gold'] }),
  ],
  ['a list for an object', 400, 'request-malformed', () => desk.post('/api/employers', [employer])],
  ['text that is no JSON', 400, 'request-malformed', () => desk.postBytes('/api/employers', '{', 'application/json')],
  [
    'a day that does not exist',
    400,
    'request-malformed',
    () => desk.postBytes(`${DECLARATIONS}?on=2025-02-30`, payroll),
  ],
  [
    'a month that is none',
    422,
    'month-malformed',
    () => desk.postBytes(DECLARATIONS.replace('2025-07', '2025-13'), payroll),
  ],
  ['a year that is none', 400, 'request-malformed', () => desk.get(`/api/people/${ANNA}/statements/last`)],
  ['a position that is none', 400, 'request-malformed', () => desk.get('/api/books/funds?atLeast=soon')],
  ['a fund that is none', 400, 'request-malformed', () => desk.get('/api/books/funds/gold/accounts/1002/balance')],
  [
    'an account that is none',
    404,
    'account-unknown',
    () => desk.get('/api/books/funds/unemployment/accounts/9/balance'),
  ],
  ['a voucher that is none', 404, 'voucher-unknown', () => desk.get('/api/books/vouchers/0')],
  [
    'an unspeakable Idempotency-Key',
    400,
    'request-malformed',
    () => desk.post('/api/employers', employer, { 'idempotency-key': 'a b' }),
  ],
  ['a file of another type', 415, 'http-415', () => desk.postBytes(DECLARATIONS, payroll, 'image/png')],
  ['JSON where a file is due', 415, 'http-415', () => desk.post(DECLARATIONS, { people: [] })],
  ['no body where a file is due', 415, 'http-415', () => desk.send(DECLARATIONS, { method: 'POST' })],
  ['JSON where the bank’s file is due', 415, 'http-415', () => desk.post('/api/receipts', { receipts: [] })],
  ['an empty file', 422, 'file-empty', () => desk.postBytes(DECLARATIONS, Buffer.alloc(0))],
  ['a body beyond all measure', 413, 'http-413', () => desk.postBytes(DECLARATIONS, Buffer.alloc(TOO_LARGE, 0x61))],
  ['a page that is not there', 404, 'http-404', () => desk.get('/api/nothing')],
];

it.each(cases)('%s is answered %i %s', async (_what, status, code, request) => {
  const answer = await request();
  expect(answer).toMatchObject({ status, type: 'application/problem+json' });
  expect(answer.body).toMatchObject({
    type: `urn:provident:problem:${code}`,
    status,
    title: expect.stringMatching(/\S/),
  });
});

it('malformed amounts in a file are told with row, column, value and reason', async () => {
  const wages = ['12,000.00', '-1', '1e4', '10.001', 'much'];
  const file = declarationCsv(wages.map((wage, place) => [citizenNumber(place), personName(place), wage]));
  const answer = await desk.postBytes(DECLARATIONS, file);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject({ type: 'urn:provident:problem:file-faulty' });
  const { faults } = answer.body['details'] as { faults: { line: number; value: string; reason: string }[] };
  const ofWages = faults.filter((each) => wages.includes(each.value));
  expect(ofWages.map(({ line, value }) => ({ line, value }))).toEqual(
    wages.map((value, place) => ({ line: place + 2, value })),
  );
  for (const fault of ofWages) {
    expect(fault).toMatchObject({
      column: { letter: 'C', name: '月工资/wage' },
      reason: expect.stringMatching(/amount/),
    });
  }
});
