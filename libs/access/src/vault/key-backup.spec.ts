import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@provident/projections/testing/test-database';
import { LocalMasterKey, MasterKeys } from '../personal/master-keys.js';
import { InstallationSecrets, PersonIndex } from '../personal/person-index.js';
import { PersonKeys } from '../personal/person-keys.js';
import { ERASED, PersonalCipher } from '../personal/personal-cipher.js';
import { backupKeys, restoreKeys } from './key-backup.js';
import { Vault } from './vault.js';

it('an older backup and the list of who was erased since bring back every key but theirs', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'provident-keys-'));
  const database = await testDatabase();
  const vault = await Vault.open(database.url);
  try {
    const master = new MasterKeys(new LocalMasterKey(randomBytes(32)));
    const now = (): Date => new Date('2026-05-31T04:00:00Z');
    const keysOf = () => new PersonKeys(vault, master, now);
    const index = async () => new PersonIndex(await new InstallationSecrets(vault, master, now).secret('person-index'));
    const [keys, person, gone, record] = [keysOf(), randomUUID(), randomUUID(), randomUUID()];
    const seal = (id: string) => new PersonalCipher(keys).seal(id, randomUUID(), 'name', '李伟');
    const sealed = { person: await seal(person), gone: await seal(gone), record: await seal(record) };
    await keys.link(record, gone);
    const id = (await index()).personIdOf('11010519491231002X');
    const file = join(folder, 'keys');
    expect(await backupKeys(vault, file)).toBe(3);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain('李伟');
    await expect(backupKeys(vault, file)).rejects.toThrow('EEXIST');

    await keys.erase(gone);
    const erased = await keys.erased();
    expect([...erased].sort()).toEqual([gone, record].sort());
    // The vault is lost; a program has been started on an empty one.
    for (const table of ['person_key', 'key_link', 'secret']) await vault.run(`delete from ${table}`);
    await index();
    expect(await restoreKeys(vault, file)).toBe(3);
    const restored = keysOf();
    const open = (text: string) => new PersonalCipher(restored).open(text);
    for (const each of erased) await restored.erase(each);
    expect(await open(sealed.person)).toBe('李伟');
    expect([await open(sealed.gone), await open(sealed.record)]).toEqual([ERASED, ERASED]);
    expect((await index()).personIdOf('11010519491231002X')).toBe(id);
    // Once more over what stands: nobody who was erased comes back.
    await restoreKeys(vault, file);
    expect(await new PersonalCipher(keysOf()).open(sealed.gone)).toBe(ERASED);

    writeFileSync(join(folder, 'other'), '{"some":"thing"}\n');
    await expect(restoreKeys(vault, join(folder, 'other'))).rejects.toMatchObject({ code: 'key-backup-unreadable' });
  } finally {
    await vault.close();
    await database.close();
    rmSync(folder, { recursive: true });
  }
});
