import { hash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { dispositionOf } from '@provident/http/file-name';
import { HttpDesk } from '../support/http-desk.js';
import { creditCode } from '../support/invented.js';

/* The document vault over HTTP: the office with the folder for its files. */

const EMPLOYER = creditCode(0);
const PATH = `/api/employers/${EMPLOYER}/documents`;
const PDF = Buffer.from('%PDF-1.7 缴费凭证');

let desk: HttpDesk;
let folder: string;
/** What every request bears. */
let headers: { readonly authorization: string };
let app: NestFastifyApplication;

beforeAll(async () => {
  desk = await HttpDesk.open();
  app = desk.office.ledger.app as NestFastifyApplication;
  folder = join(desk.office.ledger.config.dataFolder, 'documents');
  ({ headers } = desk.clerk);
  const employer = { creditCode: EMPLOYER, name: '示例单位', registeredOn: '2020-01-01', riskClass: 1 };
  expect((await post('/api/employers', employer)).status).toBe(201);
});
afterAll(() => desk.office.close());

async function post(url: string, payload: object): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await app.inject({ method: 'POST', url, headers, payload });
  return { status: answer.statusCode, body: answer.json() };
}

const NAME = '七月 (1) 凭证*.pdf';
const named = (disposition: string | undefined) => ({
  ...{ ...headers, 'content-type': 'application/octet-stream' },
  ...(disposition === undefined ? {} : { 'content-disposition': disposition }),
});

async function send(query: Record<string, string>, payload: Buffer, disposition?: string) {
  const bytes = named(disposition ?? dispositionOf(NAME));
  const answer = await app.inject({ method: 'POST', url: PATH, query, headers: bytes, payload });
  return { status: answer.statusCode, body: answer.json<Record<string, unknown>>() };
}
const voucher = { kind: 'payment-voucher', month: '2025-07', storedOn: '2025-08-01' };
const get = async (url: string) =>
  (await app.inject({ method: 'GET', url, headers })).json<Record<string, unknown>[]>();

/** The files of the folder, wherever in it. */
async function keptFiles(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((each) => each.isFile()).map((each) => join(each.parentPath, each.name));
}

it('keeps a document by its content, once, and gives back the very bytes', async () => {
  const stored = await send(voucher, PDF);
  expect(stored).toMatchObject({ status: 201, body: { events: 1 } });
  expect(await send(voucher, PDF)).toMatchObject({ status: 201, body: { events: 0 } });
  const sha256 = hash('sha256', PDF, 'hex');
  const [kept, ...others] = await keptFiles();
  expect(others).toEqual([]);
  // What lies in the folder is sealed.
  expect((await readFile(kept ?? '')).includes(PDF)).toBe(false);
  const file = await app.inject({ method: 'GET', url: `${PATH}/${String(stored.body['documentId'])}/file`, headers });
  expect(file.rawPayload.equals(PDF)).toBe(true);
  expect(file.headers['content-type']).toBe('application/pdf');
  expect(file.headers['content-disposition']).toBe(dispositionOf(NAME));
  expect(await get(PATH)).toMatchObject([{ sha256, fileName: NAME, bytes: PDF.length, month: '2025-07', custody: [] }]);
});

it('refuses what is empty, too large, of no kept type, or of no known employer', async () => {
  const code = async (call: Promise<{ status: number; body: Record<string, unknown> }>) => {
    const { status, body } = await call;
    return [status, String(body['type']).replace('urn:provident:problem:', '')];
  };
  expect(await code(send(voucher, Buffer.from([0x4d, 0x5a, 0])))).toEqual([422, 'document-type-refused']);
  const large = Buffer.alloc(20 * 1024 * 1024 + 1, '%PDF-');
  expect(await code(send(voucher, large))).toEqual([422, 'document-size-refused']);
  expect(await code(send({ ...voucher, kind: 'gossip' }, PDF))).toEqual([400, 'request-malformed']);
  const stranger = await app.inject({
    ...{ method: 'POST', url: `/api/employers/${creditCode(9)}/documents`, query: voucher, payload: PDF },
    headers: named(dispositionOf(NAME)),
  });
  expect(stranger.statusCode).toBe(404);
});

it('takes the name of a file from a header alone, and repeats none that it refuses', async () => {
  const wrong = [
    'attachment',
    'attachment; filename="zhang-san.pdf"',
    "attachment; filename*=UTF-8''zhang%ZZsan",
    "attachment; filename*=UTF-8''%E5%BC",
    "attachment; filename*=GBK''zhang-san",
    dispositionOf('长'.repeat(201)),
  ];
  for (const disposition of wrong) {
    const { status, body } = await send(voucher, PDF, disposition);
    expect([disposition, status, JSON.stringify(body).includes('zhang')]).toEqual([disposition, 400, false]);
  }
  const bare = await app.inject({ method: 'POST', url: PATH, query: voucher, payload: PDF, headers: named(undefined) });
  expect(bare.json()).toMatchObject({ status: 400, details: [expect.stringContaining('Content-Disposition')] });
  expect(await send({ ...voucher, fileName: NAME }, PDF)).toMatchObject({ status: 400 });
});

it('keeps the chain of custody, and lists the months that lack a document', async () => {
  const [{ documentId } = {}] = await get(PATH);
  const loan = { borrower: '李四', purpose: '审计', checkedOutOn: '2025-08-02', dueBack: '2025-08-09' };
  expect(await post(`${PATH}/${String(documentId)}/loans`, loan)).toMatchObject({ status: 201 });
  expect(await post(`${PATH}/${String(documentId)}/loans`, { ...loan, borrower: '王五' })).toMatchObject({
    status: 409,
  });
  expect(await post(`${PATH}/${String(documentId)}/return`, { returnedOn: '2025-08-08' })).toMatchObject({
    status: 201,
  });
  expect(await get(PATH)).toMatchObject([{ custody: [{ borrower: '李四', returnedOn: '2025-08-08' }] }]);
  await post(`${PATH}/checklists`, { from: '2025-06', kinds: ['payment-voucher', 'wage-record'] });
  const gaps = [
    { month: '2025-06', missing: ['payment-voucher', 'wage-record'] },
    { month: '2025-07', missing: ['wage-record'] },
  ];
  expect(await get(`${PATH}/missing?from=2025-05&to=2025-07`)).toEqual(gaps);
  const record = { from: '2025-05', to: '2025-07', foundOn: '2025-08-15' };
  expect(await post(`${PATH}/gaps`, record)).toMatchObject({ status: 201, body: { events: 2 } });
  expect(await post(`${PATH}/gaps`, record)).toMatchObject({ status: 201, body: { events: 0 } });
});

it('gives no file that was changed behind its back', async () => {
  const [{ documentId } = {}] = await get(PATH);
  for (const kept of await keptFiles()) await writeFile(kept, '%PDF-1.7 forged');
  const file = await app.inject({ method: 'GET', url: `${PATH}/${String(documentId)}/file`, headers });
  expect(file.statusCode).toBe(500);
  expect(file.body).not.toContain('forged');
});
