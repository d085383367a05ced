import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Module, ValidationPipe } from '@nestjs/common';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { ProblemFilter } from '@provident/http';
import { businessDate, Money, month } from '@provident/kernel';
import { ProjectionsModule, Projector } from '@provident/projections';
import { SyntheticLog } from '@provident/projections/testing/synthetic-log';
import { BooksModule } from './books.module.js';
import { booksProjection } from './projection.js';
import { PEOPLE, contributionCredited, contributionReceived } from './testing/money-events.js';

const log = new SyntheticLog();
const DAY = businessDate('2026-02-10');

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
  const built = await Test.createTestingModule({ imports: [readSide, BooksModule.over(readSide)] }).compile();
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

  it('refuses what it cannot answer, and says why', async () => {
    expect(await get('funds/employee-pension/accounts/9999/balance')).toMatchObject({ status: 404 });
    expect(await get('vouchers/12')).toMatchObject({ status: 404 });
    expect(await get('vouchers/x')).toMatchObject({ status: 404 });
    expect(await get('funds/nothing/accounts/1002/balance')).toMatchObject({ status: 400 });
    expect(await get('trial-balance?asOf=yesterday')).toMatchObject({ status: 400 });
  });

  it('describes every route in OpenAPI', () => {
    const { paths } = SwaggerModule.createDocument(app, new DocumentBuilder().build());
    expect(Object.keys(paths)).toHaveLength(7);
  });
});
