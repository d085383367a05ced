import { fineIdOf } from '@provident/collection/fines/fine';
import { ExplainDesk, type Explanation } from '@provident/supervision';
import { citizenNumber, creditCode, declarationCsv, personName, receiptsCsv } from '../support/invented.js';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import type { SignedIn } from '../support/people.js';

/*
 * An employer pays one fund a day late, is fined, and wants its registration cancelled (经办条例 第10条): over HTTP, the
 * office whole, until the last fen is paid.
 */
const EMPLOYER = creditCode(0);
const PATH = `/api/employers/${EMPLOYER}`;
const HASH = 'd'.repeat(64);
const ON = '2025-08-10';
const ARTICLE = expect.stringContaining('第86条') as string;

let desk: HttpDesk;
let administrator: SignedIn;

beforeAll(async () => {
  desk = await HttpDesk.open();
  administrator = await desk.join({
    role: 'employer-administrator',
    scope: { kind: 'own-employer', employer: EMPLOYER },
  });
  const employer = { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 };
  await done(desk.post('/api/employers', employer));
  await done(desk.post('/api/people', { citizenNumber: citizenNumber(0), name: personName(0) }));
  const joins = [citizenNumber(0), personName(0), '10000.00', '养老、医疗、失业、工伤', '增员'];
  await done(desk.postBytes(`${PATH}/declarations/2025-07?on=2025-07-08`, declarationCsv([joins])));
  await settled();
  const inTime = [
    ...[line('C1', '2025-07-24', '养老', '2400.00'), line('C2', '2025-07-24', '医疗', '1100.00')],
    line('C3', '2025-07-24', '失业', '100.00'),
  ];
  await bring(...inTime, line('C4', '2025-07-25', '工伤', '20.00'));
});
afterAll(() => desk.office.close());
afterEach(() => expect(desk.office.failures).toEqual([]));

const settled = () => desk.office.ledger.reactionsIdle();
const line = (reference: string, on: string, fund: string, amount: string, pays?: string) => [
  ...[reference, on, fund, amount, '付款单位', EMPLOYER, ''],
  ...(pays === undefined ? [] : [pays]),
];
async function bring(...lines: string[][]): Promise<void> {
  await done(desk.postBytes('/api/receipts', receiptsCsv(lines)));
  await settled();
}
async function done(call: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await call;
  expect({ status, body }).toMatchObject({ status: 201 });
  return body;
}
const owed = async (who?: SignedIn) => (await desk.get(`${PATH}/dues?on=${ON}`, who?.headers)).body;
/** The employer's line on the list of late fees and fines. */
async function listed(): Promise<unknown> {
  const found = await desk.get(`/api/statistics/late-fees?asOf=${ON}&atLeast=${await desk.office.head()}`);
  expect(found.status).toBe(200);
  return (found.body['employers'] as unknown[])[0];
}
const assess = () => desk.post(`${PATH}/late-fees/assessments`, { assessedOn: '2025-08-01' });
const cancel = () =>
  desk.settleCase(
    'employer-cancellation',
    { creditCode: EMPLOYER, requestedOn: ON, reason: '解散' },
    'termination-document',
  );
/** Why the case could not be carried out. */
async function refusal(): Promise<string> {
  const refused = await cancel();
  expect(refused).toMatchObject({ status: 'carry-out-failed' });
  expect((await desk.get(`${PATH}/registration`)).body).toMatchObject({ status: 'registered' });
  return String((refused['steps'] as { note?: string }[]).at(-1)?.note);
}

it('an employer sees the late fee that runs on what it paid late, and who may charge it', async () => {
  expect(await owed(administrator)).toEqual({
    ...{ on: ON, contributionsTotal: '0.00', lateFeesTotal: '0.01', finesTotal: '0.00' },
    ...{ contributions: [], lateFees: [], accruing: [], fines: [], held: [], remedy: expect.any(String) },
    ...{ toBeAssessedTotal: '0.01', accruingTotal: '0.00' },
    toBeAssessed: [
      {
        ...{ fund: 'work-injury', scheme: 'work-injury', month: '2025-07', principal: '20.00', dueDate: '2025-07-24' },
        ...{ from: '2025-07-25', to: '2025-07-25', days: 1, basis: ARTICLE, fee: '0.01' },
        segments: [{ rate: '0.0005', days: 1, fee: '0.01' }],
      },
    ],
  });
  const elsewhere = `/api/employers/${creditCode(1)}/dues`;
  expect((await desk.get(elsewhere, administrator.headers)).status).toBe(403);
  expect((await desk.get(elsewhere)).body).toMatchObject({ type: 'urn:provident:problem:employer-unknown' });
  const byEmployer = desk.post(`${PATH}/late-fees/assessments`, { assessedOn: ON }, administrator.headers);
  expect((await byEmployer).status).toBe(403);
});

it('a cancellation is refused for a fen of late fee, which has to be assessed first', async () => {
  const note = await refusal();
  expect(note).toContain('0.00 yuan in contributions, 0.01 in late fees (0.01 of it not yet assessed), 0.00 in fines');
});

it('the fee is charged once, and owed until it is paid', async () => {
  const row = { employer: EMPLOYER, toBeAssessed: '0.01', paidLate: '20.00', charged: '0.00', total: '0.01' };
  expect(await listed()).toMatchObject(row);
  expect(await done(assess())).toMatchObject({ events: 1 });
  expect(await done(assess())).toMatchObject({ events: 0 });
  expect(await owed()).toMatchObject({
    ...{ lateFeesTotal: '0.01', toBeAssessed: [] },
    lateFees: [{ fund: 'work-injury', month: '2025-07', days: 1, basis: ARTICLE, fee: '0.01', unpaid: '0.01' }],
  });
  expect(await listed()).toMatchObject({ ...row, toBeAssessed: '0.00', paidLate: '0.00', charged: '0.01' });
  expect(await refusal()).toContain('0.00 yuan in contributions, 0.01 in late fees, 0.00 in fines');
});

it('money that says so pays it, as other income of its fund, which explains itself', async () => {
  await bring(line('L1', '2025-08-05', '工伤', '0.01', '滞纳金'));
  expect(await owed()).toMatchObject({ lateFeesTotal: '0.00', lateFees: [], held: [] });
  await desk.office.ledger.settled();
  const explain = (figure: string): Promise<Explanation> =>
    desk.office.ledger.get(ExplainDesk).explain(figure, { limit: 50 });
  const step = async ({ children }: Explanation, wanted: string): Promise<Explanation> => {
    const found = children.find(({ title, address }) => title.en.includes(wanted) || address.startsWith(wanted));
    expect([wanted, children.map(({ title }) => title.en), found !== undefined]).toEqual([
      wanted,
      expect.any(Array),
      true,
    ]);
    return explain(found?.address ?? '');
  };
  const balance = await explain(`balance:work-injury/4501@${ON}`);
  expect(balance.value).toEqual({ text: '0.01', unit: 'yuan' });
  const voucher = await step(await step(balance, 'LateFeeReceived'), 'voucher:');
  expect(voucher.facts.map(({ en, value }) => `${en} ${value}`)).toContain('credit 4501 Other income late fees 0.01');
  const charge = await step(await step(voucher, 'LateFeeReceived'), 'LateFeeCharged');
  expect(charge.facts).toContainEqual({ zh: 'principal', en: 'principal', value: '20.00' });
  const rate = await step(charge, 'parameter:late_fee.daily_rate');
  expect([rate.value?.text, rate.rule?.basis]).toEqual(['0.0005', expect.stringContaining('第86条')]);
});

describe('a fine', () => {
  const NUMBER = '沪人社罚决〔2025〕12号';
  const decision = (decisionNumber: string, amount = '40.00') => ({
    ...{ employer: EMPLOYER, decisionNumber, ground: 'non-payment', base: '20.00', amount, documentHash: HASH },
    ...{ orderExpiredOn: '2025-07-31', imposedOn: '2025-08-06' },
  });
  const impose = (request: object) => desk.settleCase('fine-imposition', request, 'penalty-decision', 'expired-order');
  const payment = (amount: string, paymentReference: string, number = NUMBER) =>
    desk.post(`${PATH}/fines/${fineIdOf(EMPLOYER, number)}/payments`, {
      ...{ amount, paidOn: '2025-08-08', paymentReference },
    });

  it('is entered by three people, within the multiples of the law', async () => {
    const tooMuch = await impose(decision('沪人社罚决〔2025〕11号', '60.01'));
    expect(tooMuch).toMatchObject({ status: 'carry-out-failed' });
    expect(JSON.stringify(tooMuch['steps'])).toContain('fine-multiple');
    expect(await impose(decision(NUMBER))).toMatchObject({ status: 'carried-out' });
    expect(await owed(administrator)).toMatchObject({
      ...{ finesTotal: '40.00', fines: [{ decisionNumber: NUMBER, ground: 'non-payment', unpaid: '40.00' }] },
    });
  });

  it('stands in the way of a cancellation until its last fen is in the treasury, and never in the books', async () => {
    expect(await refusal()).toContain('0.00 yuan in contributions, 0.00 in late fees, 40.00 in fines');
    await done(payment('39.99', 'T-1'));
    expect((await payment('0.02', 'T-2')).body).toMatchObject({ type: 'urn:provident:problem:fine-payment-amount' });
    expect(await refusal()).toContain('0.01 in fines');
    expect(await listed()).toMatchObject({ employer: EMPLOYER, charged: '0.00', fines: '0.01', total: '0.01' });
    await done(payment('0.01', 'T-2'));
    await desk.office.ledger.settled();
    const cash = (await desk.get('/api/books/funds/work-injury/accounts/1002/balance')).body;
    expect(cash).toMatchObject({ balance: '20.01' });
  });

  it('is no longer owed once it is revoked', async () => {
    const second = '沪人社罚决〔2025〕13号';
    await impose(decision(second));
    expect(await owed()).toMatchObject({ finesTotal: '40.00' });
    const revocation = {
      ...{ employer: EMPLOYER, fineId: fineIdOf(EMPLOYER, second), decisionNumber: '沪府复决〔2025〕3号' },
      ...{ revokedOn: '2025-08-09', reason: '主要事实不清', documentHash: HASH },
    };
    expect(await desk.settleCase('fine-revocation', revocation, 'revoking-decision')).toMatchObject({
      status: 'carried-out',
    });
    expect(await owed()).toMatchObject({ finesTotal: '0.00', fines: [] });
  });
});

it('then nothing is owed, and the registration is cancelled', async () => {
  expect(await cancel()).toMatchObject({ status: 'carried-out' });
  await settled();
  expect((await desk.get(`${PATH}/registration`)).body).toMatchObject({ status: 'cancelled', owed: [] });
});
