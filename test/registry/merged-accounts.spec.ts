import { verifyStatement } from '#verifier';
import {
  AlertQueries,
  CheckpointDesk,
  CheckpointReader,
  ControlDesk,
  type ProvenStatement,
  StatementProofs,
} from '@provident/supervision';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import type { SignedIn } from '../support/people.js';
import { citizenNumber, creditCode, declarationCsv, personName, receiptsCsv } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * One person was registered under two numbers and paid for under both, in one month even by two employers. Over HTTP: what
 * the person, the clerk and the auditor see after the two identities were merged.
 */
const [FIRST, SECOND] = [creditCode(5), creditCode(6)];
const SCHEMES = ['pension', 'medical', 'unemployment', 'work-injury'];
/** Of a wage of 10000.00 at risk class 1. */
const DUES = [
  ['养老', '2400.00'],
  ['医疗', '1100.00'],
  ['失业', '100.00'],
  ['工伤', '20.00'],
] as const;

let desk: HttpDesk;
let survivor: string;
let second: string;
let insured: SignedIn;

beforeAll(async () => {
  desk = await HttpDesk.open();
  [survivor = '', second = ''] = personIds(desk.office.ledger.app, 20, 21);
  for (const [place, employer] of [FIRST, SECOND].entries()) {
    await done(
      desk.post('/api/employers', { creditCode: employer, name: '示例', registeredOn: '2020-01-01', riskClass: 1 }),
    );
    await done(desk.post('/api/people', { citizenNumber: citizenNumber(20 + place), name: personName(20) }));
  }
  insured = await desk.joinAs(survivor, { role: 'insured-person', scope: { kind: 'own-person', personId: survivor } });
  // The second number from February to April, the first one from April on: April under both.
  await enrol(second, SECOND, '2025-02');
  for (const paid of ['2025-02', '2025-03', '2025-04']) await pay(SECOND, 21, paid);
  await done(desk.post(`/api/people/${second}/enrolments/end`, { employer: SECOND, lastMonth: '2025-05' }));
  await enrol(survivor, FIRST, '2025-04');
  for (const paid of ['2025-04', '2025-05']) await pay(FIRST, 20, paid);
});
afterAll(() => desk.office.close());

async function done(call: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await call;
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

function enrol(personId: string, employer: string, from: string): Promise<unknown> {
  return done(desk.post(`/api/people/${personId}/enrolments`, { employer, schemes: SCHEMES, from }));
}

async function declare(employer: string, place: number, of: string): Promise<void> {
  const payroll = declarationCsv([[citizenNumber(place), personName(20), '10000.00']]);
  await done(desk.postBytes(`/api/employers/${employer}/declarations/${of}?on=${of}-08`, payroll));
  await desk.office.ledger.reactionsIdle();
}

async function receive(employer: string, of: string): Promise<void> {
  const lines = DUES.map(([fund, amount]) => [
    `${employer}-${of}-${fund}`,
    `${of}-15`,
    fund,
    amount,
    '付款',
    employer,
    '',
  ]);
  await done(desk.postBytes('/api/receipts', receiptsCsv(lines)));
  await desk.office.ledger.reactionsIdle();
}

async function pay(employer: string, place: number, of: string): Promise<void> {
  await declare(employer, place, of);
  await receive(employer, of);
}

async function statement(personId: string, year = 2025, who = desk.clerk): Promise<Answer['body']> {
  const head = await desk.office.head();
  const { status, body } = await desk.get(`/api/people/${personId}/statements/${year}?atLeast=${head}`, who.headers);
  expect({ status, body }).toMatchObject({ status: 200 });
  return body;
}

const monthsOf = ({ months }: Answer['body']) => (months as { month: string }[]).map(({ month }) => month);

describe('two identities with an account each', () => {
  it('come together in the survivor’s account, and the month that both had waits for a clerk', async () => {
    // A month that was declared for the second number before, and is paid after the merge.
    await declare(SECOND, 21, '2025-05');
    const request = { survivingPersonId: survivor, mergedPersonId: second, mergedOn: '2025-06-10', reason: '重复参保' };
    const merged = await desk.settleCase('identity-merge', request, 'identity-document');
    expect(merged).toMatchObject({ status: 'carried-out' });
    await desk.office.ledger.reactionsIdle();
    const body = await statement(survivor, 2025, insured);
    expect(monthsOf(body)).toEqual(['2025-02', '2025-03', '2025-04', '2025-05']);
    expect(body).toMatchObject({
      conflicts: [{ month: '2025-04', employer: SECOND, accountAmount: '800.00' }],
      account: { opening: '0.00', credited: '3200.00', closing: '3200.00', contributionMonths: 4 },
    });
    const { movements } = body['account'] as { movements: object[] };
    expect(movements.slice(2)).toMatchObject([
      { kind: 'merged-in', on: '2025-06-10', counterpart: second, amount: '2400.00', balance: '4000.00' },
      { kind: 'reversal', month: '2025-04', amount: '-800.00', balance: '3200.00' },
    ]);
    expect(await statement(second)).toMatchObject({ account: { credited: '0.00', closing: '0.00' } });
  });

  it('take what is still paid for the second one on the survivor’s account, or list it', async () => {
    await receive(SECOND, '2025-05');
    const body = await statement(survivor);
    expect(body).toMatchObject({ conflicts: [{ month: '2025-04' }, { month: '2025-05' }] });
    expect(body['account']).toMatchObject({ closing: '3200.00' });
  });

  it('are proven together: every line of both, by the stand-alone verifier', async () => {
    await desk.office.ledger.settled();
    await desk.office.ledger.treeSettled();
    await desk.office.ledger.get(CheckpointDesk).sign('request');
    const keys = (await desk.office.ledger.get(CheckpointReader).signingKeys()).map(({ key }) => key);
    const prove = async (personId: string) => {
      const proven: ProvenStatement = await desk.office.ledger.get(StatementProofs).statement(personId, 2025, {});
      return JSON.stringify(proven);
    };
    const document = await prove(survivor);
    await expect(verifyStatement(document, keys)).resolves.toMatchObject({ lastRevision: '5' });
    await expect(verifyStatement(await prove(second), keys)).resolves.toMatchObject({ lastRevision: '3' });
    await expect(
      verifyStatement(document.replace('"2400.00","balance"', '"2500.00","balance"'), keys),
    ).rejects.toThrow();
    const { events, ...rest } = JSON.parse(document) as ProvenStatement;
    const without = events.filter(({ record }) => !record.includes(`account-${second}`));
    await expect(verifyStatement({ ...rest, events: without }, keys)).rejects.toThrow();
  });

  it('have one history of cases, which the person may follow under the surviving number', async () => {
    const old = {
      wrongPersonId: second,
      month: '2025-03',
      rightPersonId: survivor,
      correctedOn: '2025-06-12',
      reason: '误',
    };
    const { caseId } = await done(desk.post('/api/cases', { procedure: 'credit-correction', request: old }));
    const head = await desk.office.head();
    const { body } = await desk.get(`/api/desk/people/${survivor}/cases?atLeast=${head}`, insured.headers);
    const rows = body['rows'] as { procedure: string }[];
    expect(rows.map(({ procedure }) => procedure).sort()).toEqual(['credit-correction', 'identity-merge']);
    expect((await desk.get(`/api/desk/cases/${String(caseId)}`, insured.headers)).status).toBe(200);
  });

  it('are settled by cases: the money of a duplicate goes back, or the later payment is the right record', async () => {
    const control = desk.office.ledger.get(ControlDesk);
    const alerts = async () => {
      await desk.office.ledger.settled();
      return (await desk.office.ledger.get(AlertQueries).alerts({ state: 'open', check: 'month-paid-twice' })).length;
    };
    const waiting = async () => {
      const { body } = await desk.get(`/api/desk/conflicts?atLeast=${await desk.office.head()}`);
      return body['rows'] as { conflictId: string; kind: string; month: string; personId: string }[];
    };
    const [april, may] = await waiting();
    expect([april, may]).toMatchObject([
      { kind: 'credit', month: '2025-04', personId: survivor },
      { kind: 'credit', month: '2025-05', personId: survivor },
    ]);
    await control.examine();
    expect(await alerts()).toBe(2);
    const settle = (conflictId: string | undefined, outcome: string) =>
      desk.settleCase(
        'credit-conflict',
        { personId: survivor, conflictId, outcome, settledOn: '2025-07-01', reason: '重复缴费' },
        'evidence',
      );
    expect(await settle(april?.conflictId, 'refunded')).toMatchObject({ status: 'carried-out' });
    expect(await settle(april?.conflictId, 'replaced')).toMatchObject({ status: 'carry-out-failed' });
    expect(await settle(may?.conflictId, 'replaced')).toMatchObject({ status: 'carried-out' });
    expect(await waiting()).toEqual([]);
    expect(await control.examine()).toMatchObject({ resolved: 2 });
    await desk.office.ledger.settled();
    expect([await alerts(), (await control.examine()).resolved]).toEqual([0, 0]);
    const refund = await desk.get('/api/books/funds/employee-pension/accounts/1002/balance');
    // Six months of 2400.00 came in, 800.00 went back.
    expect(refund.body).toMatchObject({ balance: '13600.00' });
    const body = await statement(survivor, 2025, insured);
    expect(monthsOf(body)).toEqual(['2025-02', '2025-03', '2025-04', '2025-05']);
    expect(body).toMatchObject({
      conflicts: [
        { month: '2025-04', settled: { outcome: 'refunded', on: '2025-07-01' } },
        { month: '2025-05', settled: { outcome: 'replaced', on: '2025-07-01' } },
      ],
      account: { closing: '3200.00' },
    });
    expect((body['months'] as object[])[3]).toMatchObject({ employer: SECOND });
    await desk.office.ledger.treeSettled();
    await desk.office.ledger.get(CheckpointDesk).sign('request');
    const keys = (await desk.office.ledger.get(CheckpointReader).signingKeys()).map(({ key }) => key);
    const proven: ProvenStatement = await desk.office.ledger.get(StatementProofs).statement(survivor, 2025, {});
    await expect(verifyStatement(JSON.stringify(proven), keys)).resolves.toBeDefined();
  });

  it('earn what one account would have earned, and are explained', async () => {
    await done(desk.post('/api/accounts/year-closings', { year: 2025 }));
    const body = await statement(survivor);
    // 800.00 in February, March, April and May: 11 + 10 + 9 + 8 months at 1.5 %.
    expect(body['account']).toMatchObject({ closed: true, interest: { total: '38.00' }, closing: '3238.00' });
    for (const figure of [
      'account.interest',
      'account.credited',
      'account.closing',
      'month.2025-02.base',
      'year.total',
    ]) {
      const answer = await desk.get(`/api/people/${survivor}/statements/2025/explanations/${figure}`);
      expect({ figure, status: answer.status }).toEqual({ figure, status: 200 });
    }
    await desk.office.ledger.settled();
    expect(await desk.office.ledger.verify()).toMatchObject({ verification: { clean: true }, differing: [] });
    expect(desk.office.failures).toEqual([]);
  });
});

describe('an enrolment that was declared while another one went on', () => {
  it('is listed until a case says which stands, and then made', async () => {
    const [person = ''] = personIds(desk.office.ledger.app, 22);
    await done(desk.post('/api/people', { citizenNumber: citizenNumber(22), name: personName(22) }));
    const form = `/api/employers/${FIRST}/change-forms/2025-07`;
    await done(desk.post(`/api/employers/${FIRST}/staffing`, { month: '2025-06', headcount: 0 }));
    await done(desk.post(`${form}/additions`, { personId: person, schemes: SCHEMES, reason: '新招录' }));
    await done(desk.post(`${form}/submission`, { headcount: 1, submittedOn: '2025-07-03' }));
    // Meanwhile the other employer enrols the person.
    await enrol(person, SECOND, '2025-06');
    const reviewer = await desk.join('reviewer');
    await done(desk.post(`${form}/acceptance`, { acceptedOn: '2025-07-05' }, reviewer.headers));
    await desk.office.ledger.reactionsIdle();
    const waiting = async () =>
      (await desk.get(`/api/desk/conflicts?atLeast=${await desk.office.head()}`)).body['rows'];
    expect(await waiting()).toMatchObject([{ kind: 'enrolment', personId: person, employer: FIRST, month: '2025-07' }]);
    const register = async () => (await desk.get(`/api/people/${person}/registration`)).body;
    expect(await register()).toMatchObject({ conflicts: [{ employer: FIRST, from: '2025-07' }] });
    const control = desk.office.ledger.get(ControlDesk);
    expect(await control.examine()).toMatchObject({ raised: 1 });
    await desk.office.ledger.settled();
    const request = {
      personId: person,
      employer: FIRST,
      from: '2025-07',
      outcome: 'enrolled',
      settledOn: '2025-07-10',
    };
    const settled = await desk.settleCase(
      'enrolment-conflict',
      { ...request, reason: '已换单位' },
      'proof-of-employment',
    );
    expect(settled).toMatchObject({ status: 'carried-out' });
    expect(await register()).toMatchObject({
      conflicts: [],
      enrolments: [
        { employer: SECOND, from: '2025-06', lastMonth: '2025-06' },
        { employer: FIRST, from: '2025-07', schemes: SCHEMES },
      ],
    });
    expect(await waiting()).toEqual([]);
    await desk.office.ledger.settled();
    expect(await control.examine()).toMatchObject({ raised: 0, resolved: 1 });
    expect(desk.office.failures).toEqual([]);
  });
});
