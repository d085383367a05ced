import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EmbeddedEventStore } from '@provident/embedded-event-store';
import { StoreClient } from '@provident/event-store';
import {
  calculateRequest,
  dataFolder,
  describeFormula,
  type FormulaDescription,
  listFormulas,
} from '@provident/policy';
import { get, openDesk, post, startStore } from './testing/desk.js';

let store: EmbeddedEventStore;
let desk: NestFastifyApplication;

beforeAll(async () => {
  store = await startStore();
  desk = await openDesk(store.url);
});
afterAll(async () => {
  await desk.close();
  await store.stop();
});

const LATE_FEE = { principal: '1000.00', dailyRate: '0.0005', days: 10, cap: 'none' };
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('calculations over HTTP', () => {
  it('answers every worked case as the library does', async () => {
    const cases = JSON.parse(readFileSync(join(dataFolder(), 'cases', 'cases.json'), 'utf8')) as {
      formula: string;
      inputs: object;
      expectFailure?: boolean;
    }[];
    for (const { formula, inputs, expectFailure } of cases) {
      const { status, body } = await post(desk, `/api/calculations/${formula}?explain=zh`, inputs);
      if (expectFailure === true) expect(status).toBe(422);
      else expect(body).toEqual(json(calculateRequest(formula, inputs, undefined, 'zh')));
    }
  });

  it('explains itself when asked', async () => {
    const url = '/api/calculations/late-fee';
    expect(await post(desk, url, LATE_FEE)).toEqual({
      status: 200,
      body: { formula: 'late-fee', inputs: LATE_FEE, result: { fee: '5.00' }, parameters: [] },
    });
    expect((await post(desk, `${url}?explain=true`, LATE_FEE)).body).toMatchObject({
      explanation: { steps: [{ figure: 'fee', working: '1000.00 × 0.0005 × 10', value: '5.00' }] },
    });
    expect((await post(desk, `${url}?explain=en`, LATE_FEE)).body).toMatchObject({
      text: expect.stringContaining('Late fee = principal × daily rate × days'),
    });
    expect(await post(desk, `${url}?explain=fr`, LATE_FEE)).toMatchObject({
      status: 400,
      body: { details: ['explain must be zh, en or true'] },
    });
  });

  it('takes area and day instead of what a parameter supplies', async () => {
    const request = { declaredMonthlyWage: '5000.00', area: '310000', on: '2025-08-01' };
    expect(await post(desk, '/api/calculations/contribution-base', request)).toMatchObject({
      status: 200,
      body: { inputs: { floor: '7460.00' }, result: { base: '7460.00' }, parameters: [{ id: 'base.floor' }, {}, {}] },
    });
  });

  it('says of each bad field its path, its rule and a good value', async () => {
    const url = '/api/calculations/late-fee';
    expect(await post(desk, url, { ...LATE_FEE, principal: 1000, days: -1, on: '2025-02-30' })).toMatchObject({
      status: 400,
      body: { type: 'urn:provident:problem:input-invalid', details: [{ path: 'on' }] },
    });
    expect(await post(desk, url, { ...LATE_FEE, principal: 1000, days: -1 })).toMatchObject({
      status: 400,
      body: {
        details: [
          { path: 'principal', rule: 'must be string (yuan with two decimals)', example: '"8131.00"' },
          { path: 'days', rule: 'must be >= 0 (whole number, not negative)', example: '12' },
        ],
      },
    });
    expect(await post(desk, url, [])).toMatchObject({ status: 400 });
    expect(await post(desk, '/api/calculations/late-fees', {})).toMatchObject({
      status: 404,
      body: { title: 'There is no formula "late-fees".', remedy: 'Perhaps late-fee.' },
    });
  });

  it('thinks a proposed parameter through and touches nothing', async () => {
    const before = await desk.get(StoreClient).head();
    const url = '/api/calculations/late-fee';
    const { principal, days, cap } = LATE_FEE;
    const request = { principal, days, cap, area: '310000', on: '2026-01-01' };
    const overlay = [{ parameter: 'late_fee.daily_rate', area: '000000', from: '2026-01-01', value: '0.0003' }];
    expect((await post(desk, url, { ...request, overlay })).body).toMatchObject({
      result: { fee: '3.00' },
      parameters: [{ value: '0.0003', legalBasis: '《What-if 假设测算》' }],
    });
    expect((await post(desk, url, request)).body).toMatchObject({ result: { fee: '5.00' } });
    expect(await post(desk, url, { ...request, overlay: [{ ...overlay[0], value: 'a' }] })).toMatchObject({
      status: 400,
      body: { details: [{ path: 'overlay[0]', rule: expect.stringContaining('"a" is not in rate-per-day') }] },
    });
    expect(await desk.get(StoreClient).head()).toBe(before);
  });

  it('publishes the very schemas that check', async () => {
    expect((await get(desk, '/api/calculations')).body).toEqual(json(listFormulas()));
    expect((await get(desk, '/api/calculations/late-fee')).body).toEqual(json(describeFormula('late-fee')));
    const document = SwaggerModule.createDocument(desk, new DocumentBuilder().setOpenAPIVersion('3.1.0').build());
    const published = Object.entries(document.paths).flatMap(([path, { post: operation }]) => {
      const [, formula] = /^\/api\/calculations\/([a-z-]+)$/.exec(path) ?? [];
      const body = operation?.requestBody as { content: Record<string, { schema: unknown }> } | undefined;
      return formula === undefined ? [] : [[formula, body?.content['application/json']?.schema]];
    });
    expect(json(published)).toEqual(
      json(listFormulas().map(({ name, request }: FormulaDescription) => [name, request])),
    );
  });
});
