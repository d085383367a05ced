import { encodeEvent } from '@provident/event-bus/cloud-event';
import { LogReader } from '@provident/event-store';
import { dispositionOf } from '@provident/http/file-name';
import { ERASED_TEXT } from '@provident/kernel';
import { READ_DATABASE, type ReadDatabase } from '@provident/projections';
import { digest } from '@provident/projections/digest';
import { PROJECTIONS } from '@provident/assembly';
import { ByteSearch } from '../support/byte-search.js';
import { CANARY, CONTROL, MARKS } from '../support/canary.js';
import { type Answer, HttpDesk } from '../support/http-desk.js';
import { creditCode, declarationCsv, receiptsCsv } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * A canary goes through the whole office - register, declaration, money, statement, card, administrator, case, messages,
 * notice, documents - and is erased. Then its bytes are looked for in all that the office has written. A control text proves
 * that the search finds what is there.
 */
const EMPLOYER = creditCode(0);
const NUMBER = CANARY.number;

let desk: HttpDesk;
let person: string;
const printed: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr]) {
    const write: (text: string | Uint8Array) => boolean = stream.write.bind(stream);
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      printed.push(typeof text === 'string' ? text : Buffer.from(text).toString());
      return write(text);
    });
  }
  desk = await HttpDesk.open({ onDisk: true });
  [person = ''] = personIds(desk.office.ledger.app, 77);
});

async function done(call: Promise<Answer>): Promise<Answer['body']> {
  const { status, body } = await call;
  if (status !== 201) throw new Error(JSON.stringify(body));
  return body;
}

const found = (text: string): string[] => Object.values(CANARY).filter((each) => text.includes(each));
const statement = async () => (await desk.get(`/api/people/${person}/statements/2025`)).body;
const digests = async () => {
  const { pool } = desk.office.ledger.app.get<ReadDatabase>(READ_DATABASE, { strict: false });
  await desk.office.head();
  const { tables } = await digest(pool, PROJECTIONS);
  // The index of events has the erasure itself in it.
  const lasting = tables.filter(({ table }) => table !== 'event_index');
  return Object.fromEntries(lasting.map(({ table, sha256 }) => [table, sha256]));
};
let caseId: string;
let threadId: string;
let documentId: string;
const PATH = `/api/employers/${EMPLOYER}`;

it('goes through everything, and authorised readers see it in clear', async () => {
  const post = (path: string, body: object) => done(desk.post(`/api/${path}`, body));
  await post('employers', { creditCode: EMPLOYER, name: CONTROL, registeredOn: '2020-01-01', riskClass: 1 });
  await post('people', { citizenNumber: NUMBER, name: CANARY.name });
  const schemes = ['pension', 'medical', 'unemployment', 'work-injury'];
  await post(`people/${person}/enrolments`, { employer: EMPLOYER, schemes, from: '2025-07' });
  const changed = { changedOn: '2025-07-02', reason: CANARY.reason };
  const { phone, address, account } = CANARY;
  await post(`people/${person}/changes`, { phone, address, bankAccount: account, ...changed });
  await post(`employers/${EMPLOYER}/changes`, { contactName: CANARY.contact, changedOn: '2025-07-02', reason: '变更' });
  const { cardId } = await post(`people/${person}/cards`, { requestedOn: '2025-07-01' });
  const cards = `people/${person}/cards/${String(cardId)}`;
  await post(`${cards}/issue`, { cardNumber: CANARY.card, issuedOn: '2025-07-05' });
  const signed = { signatureHash: 'c'.repeat(64), deliveredOn: '2025-07-08' };
  await post(`${cards}/delivery`, { receivedBy: CANARY.receiver, ...signed });
  await post(`employers/${EMPLOYER}/administrators`, {
    ...{ name: CANARY.name, citizenNumber: NUMBER, phone: CANARY.phone, from: '2025-07-01', filedOn: '2025-07-01' },
    ...{ authority: ['declaration'], letterHash: 'c'.repeat(64) },
  });
  const payroll = declarationCsv([[NUMBER, CANARY.name, '10000.00']]);
  expect(await desk.postBytes(`${PATH}/declarations/2025-07?on=2025-07-08`, payroll)).toMatchObject({ status: 201 });
  await desk.office.head();
  const bank = [
    ['B1', '2025-07-15', '养老', '2400.00', CANARY.payer, '', CANARY.purpose],
    ['B2', '2025-07-15', '养老', '2400.00', '', EMPLOYER, ''],
    ['B3', '2025-07-15', '医疗', '1100.00', '', EMPLOYER, ''],
    ['B4', '2025-07-15', '失业', '100.00', '', EMPLOYER, ''],
    ['B5', '2025-07-15', '工伤', '20.00', '', EMPLOYER, ''],
  ];
  expect(await desk.postBytes('/api/receipts?on=2025-07-15', receiptsCsv(bank))).toMatchObject({ status: 201 });
  const request = { wrongPersonId: person, month: '2025-07', rightPersonId: personIds(desk.office.ledger.app, 78)[0] };
  const opened = await post('cases', {
    procedure: 'credit-correction',
    request: { ...request, correctedOn: '2025-08-01', reason: CANARY.caseReason },
  });
  caseId = String(opened['caseId']);
  await post(`cases/${caseId}/withdrawals`, { reason: CANARY.remark });
  const thread = { side: 'agency', employer: EMPLOYER, caseId, title: CANARY.title };
  threadId = String((await post('threads', thread))['id']);
  await post(`threads/${threadId}/messages`, { side: 'agency', text: CANARY.message, documents: [] });
  await post('notices', { title: CANARY.notice, text: CANARY.notice, recipients: [person] });
  const query = new URLSearchParams({
    kind: 'contract',
    storedOn: '2025-07-03',
    personId: person,
  });
  const file = Buffer.from(CANARY.content);
  const headers = { 'content-type': 'application/octet-stream', 'content-disposition': dispositionOf(CANARY.file) };
  const sent = desk.send(`${PATH}/documents?${String(query)}`, { method: 'POST', headers, body: file });
  documentId = String((await done(sent))['documentId']);
  const loan = { purpose: '查阅', checkedOutOn: '2025-07-04', dueBack: '2025-07-09' };
  await done(desk.post(`${PATH}/documents/${documentId}/loans`, { borrower: CANARY.borrower, ...loan }));

  await desk.office.head();
  expect(await statement()).toMatchObject({ person: { name: CANARY.name, citizenNumber: NUMBER }, months: [{}] });
  const registration = (await desk.get(`/api/people/${person}/registration`)).body;
  expect(registration).toMatchObject({ name: CANARY.name, phone: CANARY.phone, address: CANARY.address });
  const search = await desk.post('/api/people/search', { citizenNumber: NUMBER });
  expect(search).toMatchObject({ status: 200, body: { personId: person } });
  expect(JSON.stringify((await desk.get(`/api/desk/cases/${caseId}`)).body)).toContain(CANARY.caseReason);
  expect(JSON.stringify((await desk.get(`/api/desk/threads/${threadId}/messages`)).body)).toContain(CANARY.message);
  expect((await desk.download(`${PATH}/documents/${documentId}/file`)).bytes.toString()).toBe(CANARY.content);
  const waiting = await desk.get('/api/books/unidentified-receipts');
  expect(waiting.body).toMatchObject({ receipts: [{ payerName: CANARY.payer, purpose: CANARY.purpose }] });
});

it('stands in no event as the log and Kafka hold it: stream, type, data, metadata, key, headers', async () => {
  let events = 0;
  for await (const batch of desk.office.ledger.get(LogReader).batches({ live: false, maxBatch: 500 })) {
    for (const event of batch) {
      const message = encodeEvent(event, '310000');
      const text = JSON.stringify([message, event.stream, event.type, event.data, event.metadata]);
      expect({ type: event.type, found: found(text) }).toEqual({ type: event.type, found: [] });
      events += 1;
    }
  }
  expect(events).toBeGreaterThan(20);
});

it('is erased: unreadable at once, while every figure, digest and statement stays', async () => {
  const erasure = { ground: 'retention-ended', erasedOn: '2026-01-15' };
  const refused = await desk.post(`/api/people/${person}/erasure`, erasure);
  expect(refused.body).toMatchObject({ type: 'urn:provident:problem:person-still-insured' });
  await done(desk.post(`/api/people/${person}/enrolments/end`, { employer: EMPLOYER, lastMonth: '2025-12' }));
  const before = { statement: await statement(), digests: await digests() };
  await done(desk.post(`/api/people/${person}/erasure`, erasure));
  await done(desk.post(`${PATH}/contacts/erasure`, erasure));
  const after = { statement: await statement(), digests: await digests() };
  expect(after.digests).toEqual(before.digests);
  expect(after.statement).toEqual({
    ...before.statement,
    person: { personId: person, name: ERASED_TEXT, citizenNumber: ERASED_TEXT },
  });
  const { differing, verification } = await desk.office.ledger.verify();
  expect({ differing, clean: verification.clean }).toEqual({ differing: [], clean: true });
  const registration = (await desk.get(`/api/people/${person}/registration`)).body;
  expect(registration).toMatchObject({ name: ERASED_TEXT, citizenNumber: ERASED_TEXT });
  const again = await desk.post('/api/people', { citizenNumber: NUMBER, name: CANARY.name });
  expect(again.body).toMatchObject({ type: 'urn:provident:problem:person-erased' });
  const shown = [
    await desk.get(`/api/desk/cases/${caseId}`),
    await desk.get(`/api/desk/threads/${threadId}/messages`),
    await desk.get(`${PATH}/documents`),
    await desk.get(`${PATH}/administrators?on=2025-07-05`),
    await desk.get(`/api/people/${person}/cards`),
    await desk.get(`${PATH}/registration`),
  ];
  for (const { status, body } of shown) {
    expect({ status, found: found(JSON.stringify(body)) }).toEqual({ status: 200, found: [] });
  }
  expect((await desk.download(`${PATH}/documents/${documentId}/file`)).status).toBeGreaterThanOrEqual(400);
  expect(desk.office.failures).toEqual([]);
});

it('stands in no file of the event store, of PostgreSQL and of the documents, and in nothing that was printed', async () => {
  jest.restoreAllMocks();
  const search = new ByteSearch([CONTROL, ...MARKS]);
  expect(search.inText(printed.join(''), 'printed')).toEqual([]);
  await desk.office.close((folder) => {
    const findings = search.inFolder(folder);
    const controls = findings.filter(({ text }) => text === CONTROL);
    for (const place of ['/events/', '/postgres/']) {
      expect({ place, found: controls.some(({ where }) => where.includes(place)) }).toEqual({ place, found: true });
    }
    expect(findings.filter(({ text }) => text !== CONTROL)).toEqual([]);
  });
});
