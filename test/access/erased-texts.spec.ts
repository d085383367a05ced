import { ERASED_TEXT } from '@provident/kernel';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import { citizenNumber, creditCode } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * Erasure reaches what was written about a person where no case is: messages in a conversation with an employer, the whole of
 * a conversation that is about the person, a notice to the person alone. What is about others stays.
 */
const EMPLOYER = creditCode(0);
const [PLACE, OTHER] = [77, 78];

let desk: HttpDesk;
let [person, other] = ['', ''];

beforeAll(async () => {
  desk = await HttpDesk.open();
  [person = '', other = ''] = personIds(desk.office.ledger.app, PLACE, OTHER);
  await done('employers', { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 });
});
afterAll(() => desk.office.close());

async function done(path: string, body: object): Promise<string> {
  const answer = await desk.post(`/api/${path}`, body);
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return String(answer.body['id']);
}

const open = (title: string, of: object = {}) => done('threads', { employer: EMPLOYER, side: 'agency', title, ...of });
const write = (thread: string, text: string, of: object = {}): Promise<Answer> =>
  desk.post(`/api/threads/${thread}/messages`, { side: 'agency', text, documents: [], ...of });

async function rows<Row>(path: string): Promise<readonly Row[]> {
  await desk.office.head();
  const { status, body } = await desk.get(`/api/desk/${path}`);
  expect(status).toBe(200);
  return body['rows'] as Row[];
}
const texts = async (thread: string) =>
  (await rows<{ text: string }>(`threads/${thread}/messages`)).map(({ text }) => text);

it('erases the messages that concern the person, and leaves the others', async () => {
  const general = await open('七月申报');
  const about = await open('关于一人', { concerns: [person] });
  await write(general, '基数何时公布？');
  await write(general, '甲先生的工资有误', { concerns: [other, person] });
  await write(general, `${citizenNumber(PLACE)}未参保`);
  await write(general, `${citizenNumber(OTHER)}已参保`);
  await write(about, '他何时到岗？');
  const alone = await done('notices', { title: '待遇核定', text: '甲先生：……', recipients: [person] });
  const both = await done('notices', { title: '公示', text: '各位：……', recipients: [person, other] });
  const named = { title: '公示', text: `${citizenNumber(PLACE)}等人`, recipients: [person, other] };
  const refused = await desk.post('/api/notices', named);
  expect(refused).toMatchObject({ status: 422, body: { type: 'urn:provident:problem:notice-names-person' } });
  expect(JSON.stringify(refused.body)).not.toContain(citizenNumber(PLACE));
  expect(await texts(general)).toEqual(
    ['基数何时公布？', '甲先生的工资有误', `${citizenNumber(PLACE)}未参保`, `${citizenNumber(OTHER)}已参保`].map(
      (each) => expect.stringContaining(each) as unknown,
    ),
  );

  await desk.office.head();
  const erased = await desk.post(`/api/people/${person}/erasure`, {
    ground: 'retention-ended',
    erasedOn: '2026-01-15',
  });
  expect(erased.status).toBe(201);

  const other78 = `${citizenNumber(OTHER)}已参保`;
  expect(await texts(general)).toEqual(['基数何时公布？', ERASED_TEXT, ERASED_TEXT, other78]);
  expect(await texts(about)).toEqual([ERASED_TEXT]);
  const threads = await rows<{ threadId: string; title: string }>(`threads?employer=${EMPLOYER}`);
  const titles = Object.fromEntries(threads.map(({ threadId, title }) => [threadId, title]));
  expect(titles).toEqual({ [general]: '七月申报', [about]: ERASED_TEXT });
  const notices = await rows<{ noticeId: string; title: string; text: string }>('notices');
  const shown = Object.fromEntries(notices.map(({ noticeId, title }) => [noticeId, title]));
  expect(shown).toEqual({ [alone]: ERASED_TEXT, [both]: '公示' });

  expect(await write(about, '还有一事')).toMatchObject({ body: { type: 'urn:provident:problem:thread-erased' } });
  // What is written about the person afterwards is as unreadable as the rest, and the others go on.
  await write(general, '甲先生又来了', { concerns: [person] });
  await write(general, '乙女士来了', { concerns: [other] });
  expect((await texts(general)).slice(4)).toEqual([ERASED_TEXT, '乙女士来了']);
});
