import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Global, Module, ValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import ExcelJS from 'exceljs';
import { MemoryKeys, MemoryPersonalDataModule } from '@provident/access/testing/memory-keys';
import { ProblemFilter } from '@provident/http';
import { businessDate, CLOCK, deterministicId, Money, month } from '@provident/kernel';
import { ProjectionsModule, Projector } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { BooksModule } from './books.module.js';
import { booksProjection } from './projection.js';
import { PEOPLE, contributionCredited, contributionReceived } from './testing/money-events.js';

const log = new SyntheticLog();
const DAY = businessDate('2026-02-10');

@Global()
@Module({
  providers: [{ provide: CLOCK, useValue: { now: () => new Date('2026-03-01T02:00:00Z') } }],
  exports: [CLOCK],
})
class ClockModule {}

@Module({ providers: [{ provide: 'LOG', useValue: log }], exports: ['LOG'] })
class LogModule {}

let app: NestFastifyApplication;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'provident-test-'));
  chmodSync(folder, 0o755);
  const readSide = ProjectionsModule.forRoot({
    database: { folder: path.join(folder, 'postgres') },
    projections: [booksProjection],
    source: { imports: [LogModule], token: 'LOG' },
  });
  const built = await Test.createTestingModule({
    imports: [ClockModule, readSide, MemoryPersonalDataModule.with(new MemoryKeys()), BooksModule.over(readSide)],
  }).compile();
  app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  await app.get(Projector).start();
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

async function get(url: string): Promise<{ status: number; body: unknown }> {
  const answer = await app.inject({ method: 'GET', url: `/api/books/${url}` });
  return { status: answer.statusCode, body: answer.json() };
}

interface StatementBody {
  readonly lines: readonly { readonly id: string }[];
}

const lineOf = ({ lines }: StatementBody, id: string) => lines.find((each) => each.id === id);

async function workbook(url: string): Promise<ExcelJS.Worksheet> {
  const answer = await app.inject({ url: `/api/books/${url}` });
  expect(answer.statusCode).toBe(200);
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(answer.rawPayload as never);
  return book.worksheets[0]!;
}

describe('books over HTTP', () => {
  it('goes from a balance to its lines, to the voucher, reading what was just written', async () => {
    const parts = [{ month: month('2026-01'), payer: 'employer' as const, amount: Money.of('1600'), late: true }];
    const received = contributionReceived({
      ...{ employer: '91310000MA1FL0000A', fund: 'employee-pension', parts, held: Money.zero, day: DAY },
    });
    const { position } = log.append(received, 'dues-91310000MA1FL0000A', { effectiveDate: DAY });
    const account = 'funds/employee-pension/accounts/4001';
    expect(await get(`${account}/balance?asOf=2026-02-28&atLeast=${position}`)).toMatchObject({
      status: 200,
      body: { balance: '1600.00' },
    });
    expect(await get(`${account}/balance?asOf=2026-02-09`)).toMatchObject({ body: { balance: '0.00' } });
    expect(await get(`${account}/lines?limit=1`)).toMatchObject({
      body: {
        lines: [{ voucher: position.toString(), credit: '1600.00', detail: { zh: '单位缴费－清欠' } }],
        next: `${position}.1`,
      },
    });
    expect(await get(`vouchers/${position}`)).toMatchObject({
      body: { templates: 'JT01', enteredBy: 'test', lines: [{ account: { zh: '收入户存款' }, debit: '1600.00' }, {}] },
    });
  });

  it('shows funds, trial balance, control totals and the verification', async () => {
    const credit = contributionCredited(PEOPLE[0]!, '91310000MA1FL0000A', month('2026-01'), Money.of('8'), DAY);
    const { position } = log.append(credit, 'account-1', { effectiveDate: DAY });
    expect(await get(`control-totals?atLeast=${position}`)).toMatchObject({
      body: { personalAccounts: '8.00', controlAccount: '8.00', months: [] },
    });
    expect(await get('funds')).toMatchObject({ body: [{ assets: '1600.00' }, {}, {}, {}] });
    expect((await get('trial-balance?fund=employee-pension&from=2026-02-01')).body).toHaveLength(4);
    expect(await get('verification')).toMatchObject({ body: { clean: true, vouchers: '2' } });
  });

  it('shows the statutory statements, of today where no day is asked for', async () => {
    const sheet = (await get('funds/employee-pension/balance-sheet')).body as StatementBody;
    expect(sheet).toMatchObject({ form: '会社保01', columns: [{ to: '2025-12-31' }, { to: '2026-03-01' }] });
    expect(lineOf(sheet, 'net-assets')).toMatchObject({ figures: ['0.00', '1600.00'], sources: [] });
    const flows = (await get('funds/employee-pension/income-expenditure?asOf=2026-02-28&period=year')).body;
    expect(lineOf(flows as StatementBody, 'fund-income-4001')).toMatchObject({
      ...{ zh: '社会保险费收入', figures: ['1600.00', '0.00'], sources: [{ account: '4001' }] },
    });
    expect(await get('funds/employee-pension/months?count=2&asOf=2026-02-28')).toMatchObject({
      body: [
        { month: '2026-01', income: '0.00' },
        { month: '2026-02', income: '1600.00', balance: '1600.00' },
      ],
    });
    expect(await get('funds/employee-pension/accounts/4001/totals?detail=employer')).toMatchObject({
      body: { account: { zh: '社会保险费收入' }, lines: '1', credit: '1600.00' },
    });
    expect(await get('funds/employee-pension/months?count=0')).toMatchObject({ status: 400 });
  });

  it('lists money without a known payer until he is found, and writes what people typed as text', async () => {
    const receiptId = deterministicId('receipt', 'nobody');
    const held = {
      ...{ receiptId, fund: 'work-injury', amount: '12.34', bankReference: 'B-9', valueDate: '2026-02-11' },
      ...{ payerName: '=HYPERLINK("http://evil")', purpose: '<script>alert(1)</script>' },
    };
    const { position } = log.append({ type: 'UnidentifiedReceiptHeld', data: held }, `receipt-${receiptId}`, {
      effectiveDate: businessDate('2026-02-11'),
    });
    expect(await get(`unidentified-receipts?atLeast=${position}`)).toMatchObject({
      body: { count: '1', total: '12.34', receipts: [{ payerName: held.payerName, voucher: position.toString() }] },
    });
    const sheet = await workbook(`unidentified-receipts.xlsx?language=en`);
    expect(sheet.getCell('C3').value).toBe(`'${held.payerName}`);
    expect([sheet.getCell('D3').value, sheet.getCell('G3').value]).toEqual([held.purpose, 12.34]);
    const found = {
      receiptId,
      employer: '91310000MA1FL0000A',
      fund: 'work-injury',
      amount: '12.34',
      identifiedOn: '2026-02-12',
    };
    const after = log.append(
      { type: 'ReceiptIdentified', data: { ...found, reason: '查实' } },
      `receipt-${receiptId}`,
      {
        effectiveDate: businessDate('2026-02-12'),
      },
    );
    expect(await get(`unidentified-receipts?atLeast=${after.position}`)).toMatchObject({ body: { count: '0' } });
    expect(await get('unidentified-receipts?asOf=2026-02-11')).toMatchObject({ body: { count: '1' } });
    expect(await get(`unidentified-receipts?knownAt=${position}`)).toMatchObject({ body: { count: '1' } });
  });

  it('writes statements and voucher lines as workbooks with figures that add up', async () => {
    const answer = await app.inject({ url: '/api/books/funds/employee-pension/statements.xlsx?asOf=2026-02-28' });
    expect(answer.headers['content-disposition']).toContain(
      encodeURIComponent('企业职工基本养老保险基金 2026-02-28.xlsx'),
    );
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(answer.rawPayload as never);
    expect(book.worksheets.map(({ name }) => name)).toEqual(['会社保01', '会社保02', '科目余额表']);
    const assets = book.worksheets[0]?.getColumn(1).values.indexOf('资产总计') ?? 0;
    expect(book.worksheets[0]?.getCell(assets, 3).value).toBe(1600);
    const lines = await workbook('funds/employee-pension/accounts/4001/lines.xlsx');
    expect([lines.getCell('A4').value, lines.getCell('G4').value]).toEqual(['2026-02-10', 1600]);
    expect((await get('funds/employee-pension/accounts/9999/lines.xlsx')).status).toBe(404);
  });

  it('refuses what it cannot answer, and says why', async () => {
    expect(await get('funds/employee-pension/accounts/9999/balance')).toMatchObject({ status: 404 });
    expect(await get('vouchers/12')).toMatchObject({ status: 404 });
    expect(await get('vouchers/x')).toMatchObject({ status: 404 });
    expect(await get('funds/nothing/accounts/1002/balance')).toMatchObject({ status: 400 });
    expect(await get('trial-balance?asOf=yesterday')).toMatchObject({ status: 400 });
  });

  it('describes every route in OpenAPI', () => {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(Object.keys(paths)).toHaveLength(15);
  });
});
