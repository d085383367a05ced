import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { configFrom, Ledger, openKeyFile } from '@provident/assembly';
import { businessDate, ERASED_TEXT, month } from '@provident/kernel';
import { openReadDatabase } from '@provident/projections/database';
import { EndEnrolment, ErasePerson, ImportEmployers, ImportPeople } from '@provident/registry';
import { runCompiled } from '../support/compiled.js';
import { newDataFolder, removeDataFolder } from '../support/data-folder.js';
import { citizenNumber, creditCode, employersCsv, peopleCsv, personName } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';

/*
 * The keys of personal data outlive everything that is derived: the read side is dropped and rebuilt, and the vault itself is
 * lost and brought back from its backup. Who was erased stays erased. The compiled command line does what can be rebuilt.
 */
const [KEPT, GONE] = [0, 1];
const FROM = '2025-07';

let folder: string;
let gone: string;

beforeAll(async () => {
  folder = newDataFolder();
  openKeyFile(folder);
  const ledger = await Ledger.open({
    config: configFrom({ PROVIDENT_DATA: folder }),
    clock: { now: () => new Date('2026-01-15T02:00:00Z') },
    create: (module) => NestFactory.createApplicationContext(module, { logger: ['error'] }),
    onFailure: (error) => {
      throw error;
    },
  });
  const context = (name: string) => ledger.context('system:test', businessDate('2026-01-15'), 'keys', name);
  const people = [KEPT, GONE].map((place) => ({ place, employer: 0 }));
  await ledger.commands.execute(new ImportEmployers(employersCsv([0]), {}, context('employers')));
  await ledger.commands.execute(new ImportPeople(peopleCsv(people, FROM), {}, context('people')));
  await ledger.settled();
  [gone = ''] = personIds(ledger.app, GONE);
  const end = { employer: creditCode(0), lastMonth: month('2025-12') };
  await ledger.commands.execute(new EndEnrolment(gone, end, context('end')));
  const erasure = { ground: 'retention-ended', erasedOn: businessDate('2026-01-15') } as const;
  await ledger.commands.execute(new ErasePerson(gone, erasure, context('erase')));
  await ledger.settled();
  await ledger.close();
}, 120_000);
afterAll(() => removeDataFolder(folder));

async function ledgerctl(...args: string[]): Promise<Record<string, unknown>> {
  const { code, out, err } = await runCompiled('apps/ledgerctl/src/main.js', [...args, '--json'], {
    PROVIDENT_DATA: folder,
  });
  if (code !== 0) throw new Error(`${args.join(' ')}: ${err}${out}`);
  return JSON.parse(out) as Record<string, unknown>;
}

async function drop(schema: string): Promise<void> {
  const database = await openReadDatabase({ folder: join(folder, 'postgres') });
  await database.pool.query(`drop schema ${schema} cascade`);
  await database.close();
}

/** Whom the statements of both people name. */
async function named(): Promise<unknown[]> {
  const names: unknown[] = [];
  for (const place of [KEPT, GONE]) {
    const statement = await ledgerctl('statement', '--person', citizenNumber(place), '--year', '2025');
    names.push((statement['person'] as { name: unknown }).name);
  }
  return names;
}

it('a rebuild of the dropped read side leaves the keys: names are read, erased ones stay erased', async () => {
  await drop('provident');
  expect(await ledgerctl('rebuild')).toMatchObject({ tables: expect.any(Array) as unknown });
  expect(await named()).toEqual([personName(KEPT), ERASED_TEXT]);
  const { erased } = await ledgerctl('keys', 'erased');
  expect(erased).toContain(gone);
}, 180_000);

it('a lost vault comes back from the backup of its keys, and the erased with it as erased', async () => {
  const backup = join(folder, 'keys.backup');
  const { keys } = await ledgerctl('keys', 'backup', backup);
  expect(keys).toBeGreaterThanOrEqual(2);
  // Without it nobody is known any more: the ids of people are derived by a secret of the vault.
  await drop('vault');
  await expect(named()).rejects.toThrow('person-unknown');
  expect(await ledgerctl('keys', 'restore', backup)).toEqual({ keys });
  expect(await named()).toEqual([personName(KEPT), ERASED_TEXT]);
}, 180_000);
