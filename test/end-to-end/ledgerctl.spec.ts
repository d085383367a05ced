import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';
import {
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from '../support/invented.js';
import { type Ended, runCompiled } from '../support/compiled.js';
import { startOffice, type RunningOffice } from '../support/running-office.js';

/* The compiled command line as a child process, first on a folder of its own, then beside a running office. */
const EMPLOYER = creditCode(0);
const FEBRUARY_30 = '2025-02-30';

let folder: string;
let files: Record<'employers' | 'people' | 'payroll' | 'receipts' | 'bad', string>;

const ledgerctl = (...args: string[]): Promise<Ended> =>
  runCompiled('apps/ledgerctl/src/main.js', args, { PROVIDENT_DATA: folder });
const json = async (...args: string[]) =>
  JSON.parse((await ledgerctl(...args, '--json')).out) as Record<string, unknown>;

beforeAll(() => {
  folder = newDataFolder();
  const write = (name: string, bytes: Buffer): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  // One person with a wage of 10,000.00: 24 %, 11 % with maternity, 1 %, and 0.2 % in risk class 1 (Shanghai, July 2025).
  const amounts: [string, string][] = [
    ['养老', '2400.00'],
    ['失业', '100.00'],
  ];
  files = {
    employers: write('employers.csv', employersCsv([0])),
    people: write('people.csv', peopleCsv([{ place: 0, employer: 0 }], '2025-07')),
    payroll: write('payroll.csv', declarationCsv([[citizenNumber(0), personName(0), '10000.00']])),
    receipts: write(
      'receipts.csv',
      receiptsCsv(amounts.map(([fund, amount], at) => [`B${at}`, '2025-07-15', fund, amount, '', EMPLOYER])),
    ),
    bad: write('bad.csv', receiptsCsv([['B9', '2025-07-15', '养老', '0.00', '', EMPLOYER]])),
  };
});
afterAll(() => removeDataFolder(folder));

describe('ledgerctl without an office', () => {
  it('tells its commands and its environment', async () => {
    const { code, out } = await ledgerctl('--help');
    expect(code).toBe(0);
    for (const word of ['import', 'close-year', 'statement', 'balance', 'statistics', 'rebuild', 'verify']) {
      expect(out).toContain(word);
    }
    expect(out).toContain('PROVIDENT_DATA');
  });

  it('ends with 1 and says what is wrong with an option', async () => {
    for (const args of [['balance', '--as-of', FEBRUARY_30], ['nothing']]) {
      const { code, out, err } = await ledgerctl(...args);
      expect({ args, code, out }).toEqual({ args, code: 1, out: '' });
      expect(err).toMatch(/error: /);
    }
  });

  it('refuses a setting that is none, naming it', async () => {
    const { code, err } = await runCompiled('apps/ledgerctl/src/main.js', ['verify'], { PROVIDENT_AREA: 'Shanghai' });
    expect(code).toBe(1);
    expect(err).toContain('PROVIDENT_AREA');
  });

  it('takes in a register; the note of a killed office, whose number another program has now, does not mislead it', async () => {
    const left = { url: 'esdb://127.0.0.1:1?tls=false', pid: process.pid };
    writeFileSync(join(folder, 'event-store.json'), JSON.stringify(left));
    // The first command on a folder makes its key, and says so.
    expect(await ledgerctl('import', 'employers', files.employers)).toMatchObject({
      ...{ code: 0, err: expect.stringContaining('master key') as string },
    });
    expect(await json('import', 'people', files.people)).toMatchObject({ written: true, rows: 1 });
  });
});

describe('ledgerctl beside a running office', () => {
  let office: RunningOffice;
  beforeAll(async () => (office = await startOffice(folder)));
  afterAll(() => office.stop());

  it('files a declaration, which the office carries on', async () => {
    const how = ['--employer', EMPLOYER, '--month', '2025-07', '--on', '2025-07-08'];
    expect(await json('import', 'declaration', files.payroll, ...how)).toMatchObject({ written: true, rows: 1 });
    expect(await json('import', 'declaration', files.payroll, ...how)).toMatchObject({ written: true, rows: 1 });
    const statistics = await json('statistics', '--month', '2025-07');
    expect(statistics['all']).toMatchObject({ participants: '1', received: '0.00' });
  });

  it('takes in receipts, and reads balances as of a day', async () => {
    expect(await json('import', 'receipts', files.receipts)).toMatchObject({ written: true, rows: 2 });
    const positions = async (day: string) =>
      (await json('balance', '--as-of', day, '--fund', 'employee-pension')) as unknown as { assets: string }[];
    expect((await positions('2025-07-14'))[0]?.assets).toBe('0.00');
    expect((await positions('2025-07-15'))[0]?.assets).toBe('2400.00');
    const { code, out } = await ledgerctl('balance', '--as-of', '2025-07-15', '--detail');
    expect(code).toBe(0);
    expect(out).toContain('2,400.00');
  });

  it('tells the faults of a file by row and column, as text and as JSON, and ends with 1', async () => {
    const text = await ledgerctl('import', 'receipts', files.bad);
    expect(text).toMatchObject({ code: 1, out: '' });
    expect(text.err).toMatch(/row 2, column D \(金额\/amount\), "0\.00": .*zero/);
    const machine = await ledgerctl('import', 'receipts', files.bad, '--json');
    expect(machine.code).toBe(1);
    expect(JSON.parse(machine.out)).toMatchObject({
      written: false,
      faults: { total: 1, byCode: { 'amount-zero': 1 } },
    });
  });

  it('tells a refusal with its rule, as text and as JSON, and ends with 1', async () => {
    const args = ['statement', '--person', citizenNumber(5), '--year', '2025'];
    const text = await ledgerctl(...args);
    expect(text.code).toBe(1);
    expect(text.err).toMatch(/not registered[\s\S]*Rule: [\s\S]*To do: /);
    const machine = await ledgerctl(...args, '--json');
    expect(machine.code).toBe(1);
    expect(JSON.parse(machine.out)).toMatchObject({ code: 'person-unknown' });
  });

  it('tells of a file that is not there', async () => {
    const { code, err } = await ledgerctl('import', 'people', join(folder, 'nowhere.csv'));
    expect(code).toBe(1);
    expect(err).toContain('nowhere.csv');
  });

  it('reads a statement', async () => {
    const { code, out } = await ledgerctl('statement', '--person', citizenNumber(0), '--year', '2025');
    expect(code).toBe(0);
    expect(out).toContain(personName(0));
  });

  it('rebuilds and examines while the office is open', async () => {
    const rebuilt = await json('rebuild');
    expect((rebuilt['tables'] as { sha256: string }[]).every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256))).toBe(true);
    const verified = await ledgerctl('verify', '--json');
    expect(JSON.parse(verified.out)).toMatchObject({ clean: true, differing: [] });
    expect(verified.code).toBe(0);
  });
});
