import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { EmbeddedEventStore } from '@provident/embedded-event-store';
import { calculateRequest, dataFolder, describeFormula } from '@provident/policy';
import { openDesk, post, startStore } from '@provident/policy-desk/testing/desk';

/** The last build, or another one that the environment names. */
const PROGRAM = process.env['LEDGERCTL'] ?? join(process.cwd(), 'apps', 'ledgerctl', 'bin', 'ledgerctl.cjs');
const CASES = join(dataFolder(), 'cases', 'cases.json');
const LATE_FEE = '{"principal":"1000.00","dailyRate":"0.0005","days":10,"cap":"none"}';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'provident-cases-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ledgerctl(args: readonly string[], input = ''): { code: number | null; out: string; errors: string } {
  // Nothing of the environment but the path: no setting is needed, and no ledger is opened where it would be found.
  const env = { PATH: process.env['PATH'], PROVIDENT_DATA: join(folder, 'no-ledger') };
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { env, input, encoding: 'utf8' });
  return { code: status, out: stdout.trimEnd(), errors: stderr.trimEnd() };
}

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('ledgerctl cases', () => {
  const good = { id: 'good', formula: 'late-fee', inputs: JSON.parse(LATE_FEE) as object, expected: { fee: '5.00' } };

  it('passes 160 of 160', () => {
    expect(ledgerctl(['cases', CASES])).toEqual({ code: 0, out: '160 passed, 0 failed', errors: '' });
  });

  it('gives a line per failing case, with field, expected and got', () => {
    const wrong = { ...good, id: 'wrong', expected: { fee: '5.01', days: 3 } };
    const refused = { ...good, id: 'refused', expectFailure: true, expected: { refusal: 'some-code' } };
    expect(ledgerctl(['cases', file('three.json', [good, wrong, refused, good])])).toEqual({
      code: 1,
      out: [
        'wrong (late-fee) fee: expected 5.01, got 5.00; days: expected 3, got nothing',
        'refused (late-fee) refusal: expected some-code, got {"fee":"5.00"}',
        'good (late-fee) id: expected unique, got repeated in this file',
        '1 passed, 3 failed',
      ].join('\n'),
      errors: '',
    });
  });

  it('says which file is no case file, and runs the others', () => {
    const paths = ['missing.json', 'object.json', 'broken.json'].map((name) => join(folder, name));
    file('object.json', {});
    file('broken.json', '[{');
    const { code, out, errors } = ledgerctl(['cases', ...paths, file('good.json', [good])]);
    expect([code, out]).toEqual([2, '1 passed, 0 failed']);
    const [missing, object, broken] = errors.split('\n');
    expect(missing).toContain('missing.json: ENOENT');
    expect(object).toContain('object.json: The text is not a case file: it is not an array.');
    expect(broken).toContain('broken.json: The text is not a case file:');
  });
});

describe('ledgerctl calc', () => {
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

  it('gives the answer that HTTP and the library give', async () => {
    const overlay = [{ parameter: 'late_fee.daily_rate', area: '310000', from: '2026-01-01', value: '0.0003' }];
    const asked = [
      { formula: 'late-fee', request: JSON.parse(LATE_FEE) as object, args: ['--json', LATE_FEE] },
      {
        formula: 'contribution-base',
        request: { declaredMonthlyWage: '5000.00', area: '310000', on: '2025-08-01' },
        args: ['--json', '{"declaredMonthlyWage":"5000.00"}', '--area', '310000', '--on', '2025-08-01'],
      },
      {
        formula: 'late-fee',
        request: { principal: '1000.00', days: 10, cap: 'none', area: '310000', on: '2026-02-01', overlay },
        args: [
          ...['--json', '{"principal":"1000.00","days":10,"cap":"none"}', '--area', '310000', '--on', '2026-02-01'],
          ...['--overlay', file('overlay.json', overlay)],
        ],
      },
    ];
    for (const { formula, request, args } of asked) {
      const byLibrary: unknown = JSON.parse(JSON.stringify(calculateRequest(formula, request, undefined, 'true')));
      const byLine = ledgerctl(['calc', formula, ...args, '--explain', 'true']);
      expect(byLine).toMatchObject({ code: 0, errors: '' });
      expect(JSON.parse(byLine.out)).toEqual(byLibrary);
      expect((await post(desk, `/api/calculations/${formula}?explain=true`, request)).body).toEqual(byLibrary);
    }
  });

  it('explains in English unless told otherwise, and reads standard input', () => {
    const explained = ledgerctl(['calc', 'late-fee', '--json', '-', '--explain'], LATE_FEE);
    expect(explained.out).toContain('fee = 1000.00 × 0.0005 × 10 = 5.00, rounded half up to the fen');
    expect(explained.out.endsWith('\n\nfee = 5.00')).toBe(true);
    expect(ledgerctl(['calc', 'late-fee', '--json', LATE_FEE, '--explain', 'zh']).out).toContain('四舍五入到分');
  });

  it('lists the formulas and prints their schemas', () => {
    expect(ledgerctl(['calc', '--list']).out.split('\n')).toHaveLength(34);
    const described: unknown = JSON.parse(ledgerctl(['calc', 'retirement-age', '--schema']).out);
    expect(described).toEqual(JSON.parse(JSON.stringify(describeFormula('retirement-age'))));
  });

  it('says what is wrong, where, and what would be right', () => {
    const wrong = (...args: string[]) => {
      const { code, errors } = ledgerctl(['calc', ...args]);
      return [code, errors.split('\n')];
    };
    expect(wrong('late-fee', '--json', '{"principal":"1000.00","dailyRate":0.0005,"days":10,"cap":"none"}')).toEqual([
      1,
      [
        'input-invalid: these inputs cannot be calculated.',
        '  dailyRate: must be string (fraction, not negative: 16 % is 0.16); for example "0.16"',
      ],
    ]);
    expect(wrong('late-fee', '--json', '{')[1]).toContain('  To do: Put the object in single quotes: {"days": 10}.');
    expect(wrong('late-fee')[1]).toContainEqual(expect.stringContaining('For example: ledgerctl calc late-fee --json'));
    expect(wrong('late-fees')[1]).toContain('  To do: Perhaps late-fee.');
    expect(wrong('payment-months', '--json', '{"ageYears":71,"ageMonths":0}')[0]).toBe(1);
  });
});
