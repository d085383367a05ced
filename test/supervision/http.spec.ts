import { ReadLog } from '@provident/access';
import { HttpDesk } from '../support/http-desk.js';
import type { SignedIn } from '../support/people.js';
import { FIRST_DUES, SmallStory } from '../support/small-story.js';

/* The same over HTTP, by the people whose business it is. */

let desk: HttpDesk;
let [supervisor, statistician]: SignedIn[] = [];
let story: SmallStory;

beforeAll(async () => {
  desk = await HttpDesk.open();
  [supervisor, statistician] = [await desk.join('supervisor'), await desk.join('statistician')];
  story = new SmallStory(desk.office);
  await story.register();
  await story.declare(0);
  await story.pay(0, '2025-07-15', FIRST_DUES);
});
afterAll(() => desk.office.close());

const asked = (path: string) => desk.get(`/api/supervision/${path}`, supervisor?.headers);
const done = (path: string, body: object, by = supervisor) => desk.post(`/api/${path}`, body, by?.headers);

describe('supervision over HTTP', () => {
  it('explains a figure step by step, and refuses what names none', async () => {
    const balance = await asked('explanations?figure=balance:employee-pension/4001');
    expect(balance).toMatchObject({ status: 200, body: { value: { text: '4190.40' }, total: 1 } });
    const [group] = balance.body['children'] as { address: string }[];
    const vouchers = await asked(`explanations?figure=${encodeURIComponent(group?.address ?? '')}&limit=1`);
    expect(vouchers).toMatchObject({ status: 200, body: { children: [{ kind: 'voucher' }] } });
    expect(await asked('explanations?figure=balance')).toMatchObject({
      body: { type: 'urn:provident:problem:address-malformed' },
    });
    expect(await asked('explanations?figure=voucher:1&limit=0')).toMatchObject({ status: 400 });
  });

  it('enters in the log of reads whose record an explanation shows', async () => {
    const readers = async () =>
      (await desk.office.ledger.get(ReadLog).entries({ personId: story.anna, limit: 10 })).map(({ route }) => route);
    expect(await readers()).not.toContain('GET /api/supervision/explanations');
    await asked(`explanations?figure=statement:${story.anna}/2025`);
    expect(await readers()).toContain('GET /api/supervision/explanations');
  });

  it('reports what is known otherwise than on a day, which must be named', async () => {
    const report = await asked('restatement?from=2020-01-01&causes=1');
    expect(report).toMatchObject({ status: 200, body: { before: '-1' } });
    expect(report.body['books']).toHaveLength(13);
    expect(await asked('restatement')).toMatchObject({ status: 400 });
    expect(await asked('restatement?from=once')).toMatchObject({ status: 400 });
  });

  it('examines, lists what was found, and lets it be taken over and settled', async () => {
    const examined = await done('supervision/examinations', {});
    expect(examined).toMatchObject({ status: 201, body: { raised: 1 } });
    const head = await desk.office.head();
    const open = await asked(`alerts?atLeast=${head}`);
    const [alert] = open.body as unknown as { alertId: string; check: string }[];
    expect(alert).toMatchObject({ check: 'late-back-dating' });
    const path = `supervision/alerts/${alert?.alertId ?? ''}`;
    expect(await done(`${path}/acknowledgement`, { remark: '核对' })).toMatchObject({
      status: 201,
      body: { events: 1 },
    });
    const resolved = await done(`${path}/resolution`, { resolution: '期初补录' });
    expect(resolved).toMatchObject({ status: 201, body: { events: 1 } });
    const settled = await asked(`alerts?state=resolved&atLeast=${String(resolved.body['position'])}`);
    expect(settled.body).toMatchObject([{ state: 'resolved', remark: '核对', resolution: '期初补录' }]);
    expect(await done(`${path}/acknowledgement`, {})).toMatchObject({
      body: { type: 'urn:provident:problem:alert-resolved' },
    });
    const rules = (await asked('rules')).body as unknown as { id: string; hasSomethingToLookAt: boolean }[];
    expect(rules).toContainEqual(expect.objectContaining({ id: 'payment-after-death', hasSomethingToLookAt: false }));
  });

  it('simulates proposed parameters, and refuses an overlay that is none', async () => {
    const value = { parameter: 'pension.employee', area: '310000', from: '2025-07-01', value: '0.09' };
    const overlay = [{ ...value, basis: { document: '征求意见稿' } }];
    const simulated = await done('supervision/simulations', { overlay });
    expect(simulated).toMatchObject({
      status: 200,
      body: { people: 2, payers: { more: { count: 2, amount: '174.60' } } },
    });
    expect(await done('supervision/simulations', { overlay: [value] })).toMatchObject({
      body: { type: 'urn:provident:problem:overlay-malformed' },
    });
  });

  it('releases statistics by a statistician and nobody else, and computes them again', async () => {
    const path = 'statistics/months/2025-07/releases';
    expect(await done(path, {}, supervisor)).toMatchObject({ status: 403 });
    const released = await done(path, {}, statistician);
    expect(released).toMatchObject({ status: 201, body: { release: { number: 1, month: '2025-07' } } });
    expect(await done(path, { knownAt: '2020-01-01' }, statistician)).toMatchObject({
      body: { type: 'urn:provident:problem:release-ahead-of-log' },
    });
    const rebuilt = await desk.get(`/api/${path}/1/rebuilt`, statistician?.headers);
    expect(rebuilt).toMatchObject({ status: 200, body: { sameDefinitions: true, differences: [] } });
  });
});
