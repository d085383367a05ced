import { account } from '@provident/accounts';
import { CommandBus } from '@nestjs/cqrs';
import { dues, FileDeclaration, heldIn, ImportReceipts } from '@provident/collection';
import { EventStore, type StreamView } from '@provident/event-store';
import { businessDate, type DomainEvent, FUNDS, fundOf, Money, month } from '@provident/kernel';
import { PolicyInForce } from '@provident/policy';
import { ImportEmployers, ImportPeople, insured, RegisterPerson } from '@provident/registry';
import { employer } from '@provident/registry/employer';
import type { SignedIn } from '../support/people.js';
import {
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from '../support/invented.js';
import { personIds } from '../support/person-ids.js';
import { type Answer, AREA, CaseworkOffice } from './casework-office.js';

const [EMPLOYER, IDLE] = [creditCode(0), creditCode(1)];
const DECEMBER = month('2025-12');
const HASH = 'a'.repeat(64);
let [LI, WANG, ZHAO] = [] as unknown as [SignedIn, SignedIn, SignedIn];

let office: CaseworkOffice;
let [ANNA = '', BERTA = '', TWIN = '']: string[] = [];

beforeAll(async () => {
  office = await CaseworkOffice.open();
  [ANNA = '', BERTA = '', TWIN = ''] = personIds(office.app, 0, 1, 2);
  LI = await office.hire(['clerk', 'reviewer', 'approver']);
  [WANG, ZHAO] = [await office.hire(['reviewer', 'approver']), await office.hire(['reviewer', 'approver'])];
  const commands = office.app.get(CommandBus, { strict: false });
  await commands.execute(new ImportEmployers(employersCsv([0, 1]), {}, office.context('2025-11-03')));
  const people = [0, 1].map((place) => ({ place, employer: 0 }));
  await commands.execute(new ImportPeople(peopleCsv(people, '2025-11'), {}, office.context('2025-11-03')));
  const twin = { citizenNumber: citizenNumber(2), name: personName(2) };
  await commands.execute(new RegisterPerson(twin, office.context('2025-11-03')));
  const file = declarationCsv([[citizenNumber(0), personName(0), '10000']]);
  await commands.execute(new FileDeclaration(EMPLOYER, DECEMBER, file, {}, office.context('2025-12-08')));
  await office.settled();
  await commands.execute(new ImportReceipts(receiptsCsv(await payments('120.00')), {}, office.context('2025-12-10')));
  await office.settled();
});
afterAll(() => office.close());
afterEach(() => expect(office.failures).toEqual([]));

async function state<State, Event extends DomainEvent>(view: StreamView<State, Event>, id: string): Promise<State> {
  return (await office.app.get(EventStore, { strict: false }).load(view, id)).state;
}

/** All that is owed, and something over for the pension fund. */
async function payments(over: string): Promise<string[][]> {
  const { open } = await state(dues, EMPLOYER);
  const lines = [...open.values()].flatMap((each) => each.lines);
  return FUNDS.map((fund) => {
    const owed = Money.sum(lines.filter(({ scheme }) => fundOf(scheme) === fund).map(({ due }) => due));
    const amount = fund === 'employee-pension' ? owed.plus(Money.of(over)) : owed;
    return [`B-${fund}`, '2025-12-10', fund, amount.toString(), '', EMPLOYER];
  });
}

interface Case {
  readonly caseId: string;
  readonly evidence: string;
}

/** Opens a case and enters a document of each required kind. */
async function make(procedure: string, request: object, ...kinds: readonly string[]): Promise<Case> {
  const opened = await office.post('cases', { procedure, request }, LI);
  expect(opened).toMatchObject({ status: 201, body: { status: 'opened' } });
  let answer = opened;
  const { caseId } = opened.body as unknown as Case;
  for (const kind of kinds) answer = await step(caseId, 'documents', { kind, sha256: HASH }, LI);
  expect(answer.body).toMatchObject({ status: 'evidenced' });
  return answer.body as unknown as Case;
}

const step = (caseId: string, name: string, body: object, who: SignedIn): Promise<Answer> =>
  office.post(`cases/${caseId}/${name}`, body, who);

async function checked({ caseId, evidence }: Case): Promise<void> {
  expect(await step(caseId, 'reviews', { evidence }, WANG)).toMatchObject({
    status: 201,
    body: { status: 'reviewed' },
  });
  expect(await step(caseId, 'approvals', { evidence }, ZHAO)).toMatchObject({ status: 201 });
  await office.settled();
}

const seen = async (caseId: string): Promise<Record<string, unknown>> =>
  (await office.get(`desk/cases/${caseId}`, WANG)).body;

describe('a parameter change', () => {
  it('counts once three people have had their part in it, and the record names them', async () => {
    const rate = () =>
      office.app
        .get(PolicyInForce, { strict: false })
        .book.parameter('unemployment.employer', AREA, businessDate('2026-02-01')).content;
    expect(rate).toThrow('No value of unemployment.employer');
    const made = await make(
      'parameter-change',
      {
        ...{ parameter: 'unemployment.employer', area: AREA, from: '2026-02-01', value: '0.007' },
        ...{ basis: { document: '示例通知' }, source: 'notice', confidence: 'official', reason: 'the stage rate ends' },
      },
      'legal-document',
    );
    expect(
      await step(made.caseId, 'emergency-approvals', { evidence: made.evidence, reason: 'now' }, ZHAO),
    ).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:emergency-not-provided' },
    });
    await checked(made);
    expect(rate()).toBe('0.007');
    expect((await office.get('policy/proposals', WANG)).body).toContainEqual(
      expect.objectContaining({ status: 'approved', proposer: LI.actor, reviewer: WANG.actor, approver: ZHAO.actor }),
    );
    expect(await seen(made.caseId)).toMatchObject({
      status: 'carried-out',
      steps: [
        { event: 'CaseOpened', account: LI.actor, role: 'clerk' },
        { event: 'CaseDocumentEntered' },
        { event: 'CaseEvidenced' },
        { event: 'CaseReviewed', account: WANG.actor, person: WANG.userId, rule: expect.stringContaining('第37条') },
        { event: 'CaseApproved', account: ZHAO.actor, evidence: made.evidence },
        { event: 'CaseCarriedOut' },
      ],
    });
  });
});

describe('a correction of a credited month', () => {
  it('moves the month, in an emergency before its review, which stays owing until it is made', async () => {
    const request = {
      wrongPersonId: ANNA,
      month: DECEMBER,
      rightPersonId: BERTA,
      correctedOn: '2026-01-15',
      reason: '错人',
    };
    const { caseId, evidence } = await make('credit-correction', request, 'proof-of-employment');
    const emergency = { evidence, reason: 'the pension is calculated tomorrow' };
    expect(await step(caseId, 'emergency-approvals', emergency, LI)).toMatchObject({
      status: 422,
      body: { type: 'urn:provident:problem:checker-is-maker' },
    });
    expect(await step(caseId, 'emergency-approvals', emergency, ZHAO)).toMatchObject({ status: 201 });
    await office.settled();
    const months = async (person: string) => (await state(account, person)).openCredits.map((each) => each.month);
    expect([await months(ANNA), await months(BERTA)]).toEqual([[], [DECEMBER]]);
    const debts = await office.get('desk/emergency-debts', WANG);
    expect(debts.body).toMatchObject({
      rows: [{ caseId, status: 'carried-out', debt: { dueOn: '2026-01-22', daysLeft: 5, isOverdue: false } }],
    });
    office.moveTo('2026-01-26');
    expect((await office.get('desk/breaches', WANG)).body).toMatchObject({
      rows: [{ caseId, debt: { daysLeft: -2 } }],
    });
    const review = { evidence, finding: 'right', remark: 'proved by the payroll' };
    expect(await step(caseId, 'debt-reviews', review, ZHAO)).toMatchObject({ status: 422 });
    expect(await step(caseId, 'debt-reviews', review, WANG)).toMatchObject({ status: 201 });
    await office.settled();
    expect((await office.get('desk/emergency-debts', WANG)).body).toEqual({ rows: [], more: false });
  });
});

describe('a refund of an over-payment', () => {
  const request = (amount: string) => ({
    ...{ employer: EMPLOYER, fund: 'employee-pension', amount, refundedOn: '2026-01-26', reason: 'paid twice' },
  });
  const held = async () => heldIn(await state(dues, EMPLOYER), 'employee-pension').toString();
  const balance = async (account: string) =>
    (await office.get(`books/funds/employee-pension/accounts/${account}/balance`, WANG)).body['balance'] as string;

  it('is refused by the rules when more is asked than is held, which the case says', async () => {
    const made = await make('overpayment-refund', request('120.01'), 'refund-application', 'payment-proof');
    await checked(made);
    expect(await seen(made.caseId)).toMatchObject({ status: 'carry-out-failed', waitsFor: 'clerk' });
    expect(JSON.stringify((await seen(made.caseId))['steps'])).toContain('refund-exceeds-held');
    expect(await step(made.caseId, 'retries', { reason: 'look again' }, LI)).toMatchObject({ status: 201 });
    await office.settled();
    expect(await seen(made.caseId)).toMatchObject({ status: 'carry-out-failed' });
    expect(await step(made.caseId, 'closings', { reason: 'asked too much' }, ZHAO)).toMatchObject({ status: 201 });
    expect(await held()).toBe('120.00');
  });

  it('gives the money back and books it, naming who entered, reviewed and approved', async () => {
    const cash = Money.of(await balance('1002'));
    const made = await make('overpayment-refund', request('120.00'), 'refund-application', 'payment-proof');
    await checked(made);
    expect(await seen(made.caseId)).toMatchObject({ status: 'carried-out', employer: EMPLOYER });
    expect([await held(), await balance('2001')]).toEqual(['0.00', '0.00']);
    expect(await balance('1002')).toBe(cash.minus(Money.of('120.00')).toString());
    const refunds = [];
    for await (const event of office.app.get(EventStore, { strict: false }).read(dues, EMPLOYER)) {
      if (event.type === 'HeldReceiptRefunded') refunds.push(event);
    }
    expect(refunds).toMatchObject([
      { metadata: { actor: LI.actor, reviewer: WANG.actor, approver: ZHAO.actor, effectiveDate: '2026-01-26' } },
    ]);
  });
});

describe('the cancellation of an employer', () => {
  it('ends a registration that owes nothing', async () => {
    const request = { creditCode: IDLE, requestedOn: '2026-01-26', reason: 'closed down' };
    await checked(await make('employer-cancellation', request, 'termination-document'));
    expect(await state(employer, IDLE)).toMatchObject({ status: 'cancelled' });
  });
});

describe('an objection to a personal record', () => {
  it('stands in the statement once it is found right, and the person can follow it', async () => {
    const request = {
      ...{ personId: ANNA, year: 2025, figure: 'month.2025-12.base', stated: '10000.00', claimed: '12000.00' },
      reason: '工资申报偏低',
    };
    const opened = await office.post('cases', { procedure: 'record-dispute', request }, LI);
    expect(opened).toMatchObject({ status: 201, body: { status: 'evidenced' } });
    const { caseId, evidence } = opened.body as unknown as Case;
    const followed = async () => (await office.get(`desk/people/${ANNA}/cases`, WANG)).body['rows'] as object[];
    await office.settled();
    const [newest] = await followed();
    expect(newest).toMatchObject({ caseId, procedure: 'record-dispute', waitsFor: 'reviewer' });
    await checked({ caseId, evidence });
    expect((await followed())[0]).toMatchObject({ caseId, status: 'carried-out' });
    expect(await seen(caseId)).toMatchObject({ subjectName: personName(0), request });
    expect((await office.get(`people/${ANNA}/statements/2025`, WANG)).body).toMatchObject({
      // The month went to somebody else by the correction above.
      months: [],
      disputes: [{ figure: 'month.2025-12.base', stated: '10000.00', upheldOn: '2026-01-26' }],
    });
  });
});

describe('a merge of identities', () => {
  it('leaves one of the two', async () => {
    const request = { survivingPersonId: ANNA, mergedPersonId: TWIN, mergedOn: '2026-01-26', reason: '一人两号' };
    const made = await make('identity-merge', request, 'identity-document');
    await checked(made);
    expect(await seen(made.caseId)).toMatchObject({ status: 'carried-out' });
    expect(await state(insured, TWIN)).toMatchObject({ merged: { survivor: ANNA } });
  });
});
