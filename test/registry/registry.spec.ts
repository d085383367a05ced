import { deterministicId } from '@provident/kernel';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import type { SignedIn } from '../support/people.js';
import { citizenNumber, creditCode, declarationCsv, personName, receiptsCsv } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * The register over HTTP, as a clerk, two administrators of an employer and an approver use it: the office whole, on its
 * embedded event store, with every reaction between the contexts.
 */
const EMPLOYER = creditCode(0);
const EMPLOYER_PATH = `/api/employers/${EMPLOYER}`;
const hash = 'c'.repeat(64);

let desk: HttpDesk;
let ANNA: string;
/** Who files may also verify, by his roles; but not what he filed himself. */
let clerk: SignedIn;
let reviewer: SignedIn;
let zhang: SignedIn;
let li: SignedIn;

beforeAll(async () => {
  desk = await HttpDesk.open();
  const [anna = '', first = '', second = ''] = personIds(desk.office.ledger.app, 0, 5, 6);
  ANNA = anna;
  [clerk, reviewer] = [await desk.join('clerk', 'reviewer'), await desk.join('reviewer')];
  [zhang, li] = [await desk.joinAs(first), await desk.joinAs(second)];
  const employer = { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 };
  await done(desk.post('/api/employers', employer));
  await done(desk.post('/api/people', { citizenNumber: citizenNumber(0), name: personName(0) }));
});
afterAll(() => desk.office.close());

/** The answer to a command that must be accepted. */
async function done(call: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await call;
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}

async function refusal(call: Promise<Answer>): Promise<string> {
  const { status, body } = await call;
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  return String(body['type']).replace('urn:provident:problem:', '');
}

/** Waits for every reaction that was set off. */
const settled = () => desk.office.ledger.reactionsIdle();

describe('a handover from one administrator to the next', () => {
  const PATH = `${EMPLOYER_PATH}/administrators`;
  const filing = (place: number, from: string, more: object = {}) => ({
    ...{ name: personName(place), citizenNumber: citizenNumber(place), phone: '021-12345678', from },
    ...{ authority: ['declaration', 'staffing'], letterHash: hash, filedOn: from, ...more },
  });
  const acting = async (on: string) =>
    ((await desk.get(`${PATH}?on=${on}`)).body['acting'] as { account: string }[]).map(({ account }) => account);
  /** Whether somebody reaches the employer's file at this moment, by every route that a mere right opens. */
  const reaches = async ({ headers }: SignedIn) => {
    await settled();
    const statuses = [
      (await desk.get(`${EMPLOYER_PATH}/registration`, headers)).status,
      (await desk.get(`${EMPLOYER_PATH}/documents`, headers)).status,
      (await desk.post(`${EMPLOYER_PATH}/change-forms/2025-06/additions`, {}, headers)).status,
    ];
    return statuses.every((status) => status !== 403);
  };
  const KINDS = ['registration-certificate', 'insurance-certificates', 'materials', 'payment-accounts', 'manuals'];
  let filedZhang: string;
  let filedLi: string;
  let handover: string;

  it('begins with a filed and verified administrator; nobody verifies an own filing', async () => {
    const mine = { ...filing(5, '2025-01-01'), account: clerk.actor };
    expect((await desk.post(PATH, mine, clerk.headers)).status).toBe(400);
    filedZhang = String((await done(desk.post(PATH, filing(5, '2025-01-01'), clerk.headers)))['filingId']);
    expect(await acting('2025-01-05')).toEqual([]);
    expect(await reaches(zhang)).toBe(false);
    const verification = { verifiedOn: '2025-01-03' };
    const path = `${PATH}/${filedZhang}/verification`;
    expect(await refusal(desk.post(path, verification, clerk.headers))).toBe('verified-by-filer');
    expect(await refusal(desk.post(path, verification, zhang.headers))).toBe('not-permitted');
    expect(await reaches(zhang)).toBe(false);
    await done(desk.post(path, verification, reviewer.headers));
    expect(await acting('2025-01-05')).toEqual([zhang.actor]);
    expect(await reaches(zhang)).toBe(true);
  });

  it('needs a filed successor, who does not act by being filed', async () => {
    const successor = filing(6, '2025-06-01');
    expect(await refusal(desk.post(PATH, successor, zhang.headers))).toBe('not-permitted');
    expect(await refusal(desk.post(PATH, successor, clerk.headers))).toBe('administrator-terms-overlap');
    filedLi = String((await done(desk.post(PATH, { ...successor, replaces: filedZhang }, clerk.headers)))['filingId']);
    await done(desk.post(`${PATH}/${filedLi}/verification`, { verifiedOn: '2025-06-01' }, reviewer.headers));
    expect(await acting('2025-06-02')).toEqual([zhang.actor]);
    expect([await reaches(zhang), await reaches(li)]).toEqual([true, false]);
  });

  it('lists what is handed over, all five kinds of it', async () => {
    const items = KINDS.map((kind, place) => ({ kind, description: `${kind}一批`, count: place + 1 }));
    const start = { incoming: filedLi, items, startedOn: '2025-06-02' };
    const without = { ...start, items: items.slice(0, 4) };
    const path = `${EMPLOYER_PATH}/handovers`;
    expect(await refusal(desk.post(path, without, zhang.headers))).toBe('handover-kind-missing');
    expect(await refusal(desk.post(path, start, li.headers))).toBe('not-permitted');
    handover = `${path}/${String((await done(desk.post(path, start, zhang.headers)))['handoverId'])}`;
    // Who takes over sees the list, although the employer's file is not his yet.
    expect((await desk.get(handover, li.headers)).body).toMatchObject({ status: 'open', signed: [] });
    const stranger = await desk.joinAs(personIds(desk.office.ledger.app, 8)[0] ?? '', 'clerk');
    expect(await refusal(desk.post(`${handover}/items/1/confirmation`, {}, stranger.headers))).toBe('not-permitted');
  });

  it('is settled item by item; until then nobody signs and access stays', async () => {
    const confirm = (item: number, found: number, who = li) =>
      desk.post(`${handover}/items/${item}/confirmation`, { found, confirmedOn: '2025-06-03' }, who.headers);
    expect(await refusal(confirm(1, 1, zhang))).toBe('not-permitted');
    expect(await refusal(confirm(2, 1))).toBe('handover-count-differs');
    for (const item of [1, 3, 4, 5]) await done(confirm(item, item));
    const signature = { side: 'outgoing', signatureHash: hash, signedOn: '2025-06-04' };
    expect(await refusal(desk.post(`${handover}/signatures`, signature, zhang.headers))).toBe('handover-unsettled');
    const exception = { found: 1, reason: '一份遗失，已登报声明', exceptedOn: '2025-06-04' };
    await done(desk.post(`${handover}/items/2/exception`, exception, li.headers));
    expect(await acting('2025-06-04')).toEqual([zhang.actor]);
    expect([await reaches(zhang), await reaches(li)]).toEqual([true, false]);
  });

  it('moves access with the second signature, at no other moment', async () => {
    const sign = (side: string, who: SignedIn) =>
      desk.post(`${handover}/signatures`, { side, signatureHash: hash, signedOn: '2025-06-05' }, who.headers);
    expect(await refusal(sign('outgoing', li))).toBe('signature-not-own');
    await done(sign('outgoing', zhang));
    expect(await acting('2025-06-05')).toEqual([zhang.actor]);
    expect([await reaches(zhang), await reaches(li)]).toEqual([true, false]);
    expect(await done(sign('incoming', li))).toMatchObject({ events: 3 });
    expect(await acting('2025-06-04')).toEqual([zhang.actor]);
    expect(await acting('2025-06-05')).toEqual([li.actor]);
    // The same tokens as before: the rights have moved, not the sessions.
    expect([await reaches(zhang), await reaches(li)]).toEqual([false, true]);
    expect((await desk.get(handover)).body).toMatchObject({ status: 'completed' });
  });

  it('and the days without a filed administrator are flagged', async () => {
    expect((await desk.get(`${PATH}/gaps?from=2024-12-30&to=2025-12-31`)).body).toEqual([
      { from: '2024-12-30', to: '2024-12-31' },
    ]);
    expect(await refusal(desk.get(`${PATH}/gaps?from=2025-01-02&to=2025-01-01`))).toBe('range-invalid');
    expect(await refusal(desk.get(`/api/employers/${creditCode(9)}/administrators`))).toBe('employer-unknown');
  });
});

describe('the monthly change form', () => {
  const FORM = `${EMPLOYER_PATH}/change-forms/2025-07`;
  const row = {
    get personId(): string {
      return ANNA;
    },
    schemes: ['pension', 'medical', 'unemployment', 'work-injury'],
    reason: '新招录',
  };

  it('is filled in, given back, mended and accepted; then the person is enrolled', async () => {
    expect(await refusal(desk.post(`${FORM}/additions`, row))).toBe('staffing-unknown');
    expect(await refusal(desk.post(`${EMPLOYER_PATH}/staffing`, { month: '2025-06' }))).toBe('headcount-missing');
    await done(desk.post(`${EMPLOYER_PATH}/staffing`, { month: '2025-06', headcount: 0 }));
    expect(await refusal(desk.post(`${FORM}/additions`, { ...row, reason: '无' }))).toBe('change-reason-unknown');
    await done(desk.post(`${FORM}/additions`, row));
    const submission = { headcount: 1, submittedOn: '2025-07-03' };
    expect(await refusal(desk.post(`${FORM}/submission`, { ...submission, headcount: 2 }))).toBe('headcount-differs');
    const late = { ...submission, submittedOn: '2025-07-31' };
    expect(await refusal(desk.post(`${FORM}/submission`, late))).toBe('form-late');
    await done(desk.post(`${FORM}/submission`, submission));
    await done(desk.post(`${FORM}/return`, { reason: '请补材料', returnedOn: '2025-07-04' }));
    await done(desk.post(`${FORM}/submission`, submission));
    const acceptance = { acceptedOn: '2025-07-05' };
    expect(await refusal(desk.post(`${FORM}/acceptance`, acceptance))).toBe('accepted-by-submitter');
    await done(desk.post(`${FORM}/acceptance`, acceptance, reviewer.headers));
    await settled();
    const { body } = await desk.get(`/api/people/${ANNA}/registration`);
    expect(body).toMatchObject({ enrolments: [{ employer: EMPLOYER, from: '2025-07', schemes: row.schemes }] });
    expect((await desk.get(`${EMPLOYER_PATH}/staffing`)).body).toEqual({ month: '2025-07', headcount: 1 });
  });
});

describe('a card', () => {
  it('is delivered against a signature, lost and replaced; one is active at most', async () => {
    const cards = `/api/people/${ANNA}/cards`;
    const statuses = async () => ((await desk.get(cards)).body as unknown as { status: string }[]).map((c) => c.status);
    const first = String((await done(desk.post(cards, { requestedOn: '2025-07-01' })))['cardId']);
    expect(await refusal(desk.post(cards, { requestedOn: '2025-07-02' }))).toBe('card-already-requested');
    await done(desk.post(`${cards}/${first}/issue`, { cardNumber: 'A00000001', issuedOn: '2025-07-05' }));
    const delivery = { receivedBy: personName(0), signatureHash: hash, deliveredOn: '2025-07-08' };
    expect((await desk.post(`${cards}/${first}/delivery`, { ...delivery, signatureHash: '' })).status).toBe(400);
    await done(desk.post(`${cards}/${first}/delivery`, delivery));
    expect(await statuses()).toEqual(['active']);
    await done(desk.post(`${cards}/${first}/loss`, { reportedOn: '2025-08-01' }));
    await done(desk.post(`${cards}/${first}/replacement`, { reason: 'lost', replacedOn: '2025-08-02' }));
    expect(await statuses()).toEqual(['replaced', 'requested']);
    const nobody = deterministicId('nobody');
    expect(await refusal(desk.post(`/api/people/${nobody}/cards`, { requestedOn: '2025-07-01' }))).toBe(
      'person-unknown',
    );
  });
});

describe('a registration certificate', () => {
  it('follows the rule of its day', async () => {
    const path = `${EMPLOYER_PATH}/certificates`;
    expect(await refusal(desk.post(path, { issuedOn: '2025-01-05' }))).toBe('certificate-merged');
    const change = { unitType: 'institution', changedOn: '2025-01-06', reason: '事业单位' };
    await done(desk.post(`${EMPLOYER_PATH}/changes`, change));
    await done(desk.post(path, { issuedOn: '2025-01-07' }));
    const check = { year: 2025, checkedOn: '2025-12-01' };
    expect(await refusal(desk.post(`${path}/checks`, check))).toBe('annual-check-not-required');
    await done(desk.post(`${path}/replacement`, { reason: 'damaged', issuedOn: '2025-02-01' }));
    const { certificates, checks } = (await desk.get(path)).body as Record<string, Record<string, string>[]>;
    expect(certificates?.map(({ number }) => number?.slice(-3))).toEqual(['001', '002']);
    expect(checks).toEqual([
      { year: 2025, status: 'not-required' },
      { year: 2026, status: 'not-required' },
    ]);
  });
});

describe('a second identity of a person', () => {
  it('is merged into the one that goes on; nothing is lost, and nothing more is taken under it', async () => {
    const [second = ''] = personIds(desk.office.ledger.app, 7);
    const path = `/api/people/${second}`;
    await done(desk.post('/api/people', { citizenNumber: citizenNumber(7), name: personName(0) }));
    const through = { employer: creditCode(1), schemes: ['pension'], from: '2024-01' };
    await done(desk.post(`${path}/enrolments`, through));
    const merge = (survivingPersonId: string, mergedPersonId: string) =>
      desk.settleCase(
        'identity-merge',
        { survivingPersonId, mergedPersonId, mergedOn: '2025-08-01', reason: '重复参保' },
        'identity-document',
      );
    const note = (found: Answer['body']) => (found['steps'] as { note?: string }[]).at(-1)?.note;
    const overlapping = await merge(ANNA, second);
    expect(overlapping).toMatchObject({ status: 'carry-out-failed' });
    expect(note(overlapping)).toContain('merge-overlaps');
    await done(desk.post(`${path}/enrolments/end`, { employer: creditCode(1), lastMonth: '2024-06' }));
    expect(await merge(ANNA, second)).toMatchObject({ status: 'carried-out' });
    expect((await desk.get(`${path}/registration`)).body).toMatchObject({ mergedInto: ANNA });
    expect((await desk.get(`/api/people/${ANNA}/registration`)).body).toMatchObject({
      absorbed: [second],
      enrolments: [{ from: '2025-07' }, { employer: creditCode(1), from: '2024-01', lastMonth: '2024-06' }],
    });
    const after = await desk.post(`${path}/enrolments`, { ...through, from: '2025-01' });
    expect(after.body).toMatchObject({ type: 'urn:provident:problem:identity-merged', details: { survivor: ANNA } });
    expect(note(await merge(second, ANNA))).toContain('identity-merged');
  });
});

describe('a cancellation', () => {
  const FUNDS = [
    ['养老', '2400.00'],
    ['医疗', '1100.00'],
    ['失业', '100.00'],
  ] as const;
  const line = (reference: string, fund: string, amount: string) => [
    ...[reference, '2025-07-15', fund, amount, '付款单位', EMPLOYER, '七月'],
  ];
  const ask = () =>
    desk.settleCase(
      'employer-cancellation',
      { creditCode: EMPLOYER, requestedOn: '2025-08-10', reason: '解散' },
      'termination-document',
    );
  const registration = async () => (await desk.get(`${EMPLOYER_PATH}/registration`)).body;

  it('is refused while 0.01 is owed', async () => {
    const payroll = declarationCsv([[citizenNumber(0), personName(0), '10000.00']]);
    await done(desk.postBytes(`${EMPLOYER_PATH}/declarations/2025-07?on=2025-07-08`, payroll));
    await settled();
    const paid = FUNDS.map(([fund, amount], place) => line(`C${place}`, fund, amount));
    // Risk class 1: 0.2 % of 10000 is 20.00, of which a fen is missing.
    const short = line('C9', '工伤', '19.99');
    await done(desk.postBytes('/api/receipts', receiptsCsv([...paid, short])));
    await settled();
    const refused = await ask();
    expect(refused).toMatchObject({ status: 'carry-out-failed' });
    expect(JSON.stringify((refused['steps'] as object[]).at(-1))).toMatch(/employer-owes.*0\.01|0\.01.*employer-owes/);
    expect(await registration()).toMatchObject({ status: 'registered' });
  });

  it('is carried out after payment; then nothing is declared or filed', async () => {
    await done(desk.postBytes('/api/receipts', receiptsCsv([line('C10', '工伤', '0.01')])));
    await settled();
    expect(await ask()).toMatchObject({ status: 'carried-out' });
    expect(await registration()).toMatchObject({ status: 'cancelled', cancelledOn: '2025-08-10', owed: [] });
    const payroll = declarationCsv([[citizenNumber(0), personName(0), '10000.00']]);
    const late = desk.postBytes(`${EMPLOYER_PATH}/declarations/2025-08?on=2025-08-11`, payroll);
    expect(await refusal(late)).toBe('employer-cancelled');
    const change = { address: '新址', changedOn: '2025-08-11', reason: '搬迁' };
    expect(await refusal(desk.post(`${EMPLOYER_PATH}/changes`, change))).toBe('employer-cancelled');
    expect(desk.office.failures).toEqual([]);
  });
});
