import { randomBytes, randomUUID } from 'node:crypto';
import {
  ERASED_TEXT,
  IdField,
  isSealed,
  NameField,
  Personal,
  personalFields,
  refuseSealedTexts,
} from '@provident/kernel';
import type { ReadDatabase } from '@provident/projections';
import { testDatabase } from '@provident/projections/testing/test-database';
import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { LIMITS } from '../limits.js';
import { SigningKeys } from '../sign-in/signing-keys.js';
import { Vault } from '../vault/vault.js';
import { changeMasterKey } from './change-master-key.js';
import { LocalMasterKey, MasterKeys } from './master-keys.js';
import { InstallationSecrets, PersonIndex } from './person-index.js';
import { PersonKeys } from './person-keys.js';
import { ERASED, PersonalCipher } from './personal-cipher.js';
import { SealedPersonalData } from './personal-fields.js';

let database: ReadDatabase;
let vault: Vault;
beforeAll(async () => {
  database = await testDatabase();
  vault = await Vault.open(database.url);
});
afterAll(async () => {
  await vault.close();
  await database.close();
});

const NOW = new Date('2026-05-31T04:00:00Z');
const now = (): Date => NOW;
const newMaster = (): LocalMasterKey => LocalMasterKey.from(randomBytes(32).toString('base64'));
const MASTER = newMaster();
const NAME = 'name';

/** A process with a memory of keys of its own. */
function process(master = new MasterKeys(MASTER)) {
  const keys = new PersonKeys(vault, master, now);
  const cipher = new PersonalCipher(keys);
  return { keys, cipher, data: new SealedPersonalData(cipher, keys) };
}

describe('a sealed field', () => {
  it('opens where it belongs, in every process, and shows nothing of its text', async () => {
    const [person, event] = [randomUUID(), randomUUID()];
    const sealed = await process().cipher.seal(person, event, NAME, '李伟');
    expect(isSealed(sealed)).toBe(true);
    expect(sealed).not.toContain(Buffer.from('李伟').toString('base64url'));
    expect(sealed.startsWith(`sealed.1.${person}.name.`)).toBe(true);
    expect(await process().cipher.open(sealed, { field: NAME, keyId: person })).toBe('李伟');
    expect(await process().cipher.open(sealed)).toBe('李伟');
  });

  it('has the very same bytes when the same command is repeated, and others for anything else', async () => {
    const [person, event] = [randomUUID(), randomUUID()];
    const seal = (eventId: string, place = NAME, text = '李伟', who = person): Promise<string> =>
      process().cipher.seal(who, eventId, place, text);
    const first = await seal(event);
    expect(await seal(event)).toBe(first);
    const others = [
      await seal(randomUUID()),
      await seal(event, 'alias'),
      await seal(event, NAME, '王芳'),
      await seal(event, NAME, '李伟', randomUUID()),
    ];
    const nonceOf = (sealed: string): string =>
      Buffer.from(sealed.split('.')[4] ?? '', 'base64url')
        .subarray(0, 12)
        .toString('hex');
    expect(new Set([first, ...others].map(nonceOf)).size).toBe(5);
  });

  it('gives back any text', async () => {
    const { cipher } = process();
    const person = randomUUID();
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.uuid(), async (text, eventId) => {
        expect(await cipher.open(await cipher.seal(person, eventId, NAME, text))).toBe(text);
      }),
      { numRuns: 200 },
    );
  });

  it('does not open in another place, for another person, or altered in any byte', async () => {
    const { cipher } = process();
    const [person, other] = [randomUUID(), randomUUID()];
    await cipher.seal(other, randomUUID(), NAME, 'x');
    const sealed = await cipher.seal(person, randomUUID(), NAME, '李伟');
    await expect(cipher.open(sealed, { field: 'alias' })).rejects.toThrow('does not open');
    await expect(cipher.open(sealed, { keyId: other })).rejects.toThrow('does not open');
    await expect(cipher.open(sealed.replace(person, other))).rejects.toThrow('does not open');
    await expect(cipher.open(sealed.replace('.name.', '.alias.'))).rejects.toThrow('does not open');
    const [form, version, owner, field, body = ''] = sealed.split('.');
    const bytes = Buffer.from(body, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const altered = Buffer.from(bytes);
      altered.writeUInt8(altered.readUInt8(at) ^ 1, at);
      const text = [form, version, owner, field, altered.toString('base64url')].join('.');
      await expect(cipher.open(text)).rejects.toThrow('does not open');
    }
  });

  it('tells a form that it does not know from a text in clear', async () => {
    const { cipher } = process();
    const sealed = await cipher.seal(randomUUID(), randomUUID(), NAME, 'x');
    await expect(cipher.open(sealed.replace('sealed.1', 'sealed.2'))).rejects.toThrow('form 2');
    await expect(cipher.open('李伟')).rejects.toThrow('is not sealed');
  });
});

describe('erasing a person', () => {
  it('makes every field unreadable, for ever, and only those of this person', async () => {
    const here = process();
    const [person, other] = [randomUUID(), randomUUID()];
    const sealed = await here.cipher.seal(person, randomUUID(), NAME, '李伟');
    const othersSealed = await here.cipher.seal(other, randomUUID(), NAME, '王芳');
    await here.keys.erase(person);
    await here.keys.erase(person);
    for (const each of [here, process()]) {
      expect(await each.cipher.open(sealed)).toBe(ERASED);
      expect(await each.cipher.open(othersSealed)).toBe('王芳');
      await expect(each.cipher.seal(person, randomUUID(), NAME, '李伟')).rejects.toMatchObject({
        code: 'person-erased',
      });
    }
    expect(await here.keys.erased()).toContain(person);
  });

  it('keeps a key from being made for a person who never had one', async () => {
    const { keys, cipher } = process();
    const person = randomUUID();
    await keys.erase(person);
    await expect(cipher.seal(person, randomUUID(), NAME, 'x')).rejects.toMatchObject({ code: 'person-erased' });
  });

  it('is heeded by a read of the key that was under way', async () => {
    const { keys, cipher } = process();
    const person = randomUUID();
    const sealed = await process().cipher.seal(person, randomUUID(), NAME, '李伟');
    const underWay = keys.of(person, 'open');
    await keys.erase(person);
    await underWay;
    expect(await cipher.open(sealed)).toBe(ERASED);
  });

  it('tells a key that the vault lost from one that was erased', async () => {
    await expect(process().keys.of(randomUUID(), 'open')).rejects.toThrow('Restore the vault');
  });
});

describe('keys', () => {
  it('are made once per person, however many processes ask at the same time', async () => {
    const people = Array.from({ length: 50 }, () => randomUUID());
    const answers = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const { keys } = process();
        return Promise.all(people.map((each) => keys.of(each, 'seal')));
      }),
    );
    const bytes = answers.map((keys) =>
      keys.map((key) => (key === 'erased' ? '' : key.encryption.export().toString('hex'))),
    );
    for (const each of bytes) expect(each).toEqual(bytes[0]);
    expect(new Set(bytes[0]).size).toBe(people.length);
  });

  it('are made in batches for a bulk import', async () => {
    const statements = jest.spyOn(vault, 'rows');
    const people = Array.from({ length: 3 * LIMITS.personKeyBatch }, () => randomUUID());
    await process().keys.ensure(people);
    expect(statements.mock.calls.length).toBeLessThanOrEqual(2 * 3);
    statements.mockRestore();
    const found = await vault.row<{ count: bigint }>(
      'select count(*) as count from person_key where person_id = any($1::uuid[]) and wrapped is not null',
      [people],
    );
    expect(found?.count).toBe(BigInt(people.length));
  });

  it('are wrapped anew under another master key, after which the old one opens nothing and is not needed', async () => {
    const next = newMaster();
    const person = randomUUID();
    const sealed = await process().cipher.seal(person, randomUUID(), NAME, '李伟');
    const index = await new InstallationSecrets(vault, new MasterKeys(MASTER), now).secret('person-index');
    const both = new MasterKeys(next, [MASTER]);
    const signing = new SigningKeys(vault, both, now);
    const count = await changeMasterKey(process(both).keys, new InstallationSecrets(vault, both, now), signing);
    expect(count).toBeGreaterThan(0);
    const alone = new MasterKeys(next);
    expect(await process(alone).cipher.open(sealed)).toBe('李伟');
    expect(await new InstallationSecrets(vault, alone, now).secret('person-index')).toEqual(index);
    await new SigningKeys(vault, alone, now).signing();
    await expect(process().cipher.open(sealed)).rejects.toThrow(next.id);
    // The tests that follow use the first master key again.
    const back = new MasterKeys(MASTER, [next]);
    await changeMasterKey(
      process(back).keys,
      new InstallationSecrets(vault, back, now),
      new SigningKeys(vault, back, now),
    );
  });

  it('refuse a master key of another length, without repeating it', () => {
    for (const text of ['', 'short', randomBytes(16).toString('base64'), 'not base64 at all!']) {
      expect(() => LocalMasterKey.from(text)).toThrow(/32 bytes/);
    }
  });

  it('are of no use in the row of another person', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    await process().keys.ensure([mine, theirs]);
    await vault.run(
      'update person_key set wrapped = (select wrapped from person_key where person_id = $2) where person_id = $1',
      [mine, theirs],
    );
    await expect(process().keys.of(mine, 'open')).rejects.toThrow();
  });
});

describe('the personal fields of an event', () => {
  const schema = Type.Object({
    personId: IdField,
    name: Personal(NameField),
    amount: Type.String(),
    contact: Type.Optional(Type.Object({ phone: Personal(Type.String()) })),
    family: Type.Array(Type.Object({ relative: IdField, name: Personal(NameField, 'relative') })),
  });

  it('are found in objects and lists, each with its person', () => {
    expect(personalFields(schema)).toEqual([
      { path: ['name'], keyIn: 'personId' },
      { path: ['contact', 'phone'], keyIn: 'personId' },
      { path: ['family', '*', 'name'], keyIn: 'relative' },
    ]);
    expect(() => personalFields(Type.Object({ name: Personal(NameField) }))).toThrow('no field personId');
  });

  it('are sealed and opened, everything else stays, and an erased one is said to be', async () => {
    const { data, keys } = process();
    const [person, relative] = [randomUUID(), randomUUID()];
    const clear = {
      ...{ personId: person, name: '李伟', amount: '12.30', contact: { phone: '13800000000' } },
      family: [{ relative, name: '李娜' }],
    };
    const event = { id: randomUUID(), data: clear };
    const sealed = await data.seal(schema, event);
    for (const text of ['李伟', '13800000000', '李娜']) expect(JSON.stringify(sealed)).not.toContain(text);
    expect(sealed).toMatchObject({ personId: person, amount: '12.30', family: [{ relative }] });
    expect(await data.seal(schema, event)).toEqual(sealed);
    expect(await process().data.open(schema, { ...event, data: sealed })).toEqual(clear);
    await keys.erase(relative);
    expect(await data.open(schema, { ...event, data: sealed })).toEqual({
      ...clear,
      family: [{ relative, name: ERASED_TEXT }],
    });
  });

  it('stay in clear where an older event has them so', async () => {
    const { data } = process();
    const old = { personId: randomUUID(), name: '李伟', amount: '1.00', family: [] };
    expect(await data.open(schema, { data: old })).toEqual(old);
  });
});

describe('an answer', () => {
  it('has every sealed text in it opened, also inside other texts, and is not itself changed', async () => {
    const { cipher, data, keys } = process();
    const [person, gone] = [randomUUID(), randomUUID()];
    const name = await cipher.seal(person, randomUUID(), NAME, '李伟');
    const erased = await cipher.seal(gone, randomUUID(), 'lines/reason', '王芳');
    await keys.erase(gone);
    const answer = { rows: [{ name, note: `wrong · ${name} · ${erased}`, days: 3 }], position: 7n, none: null };
    const before = structuredClone(answer);
    expect(await data.openAll(answer)).toEqual({
      ...answer,
      rows: [{ name: '李伟', note: `wrong · 李伟 · ${ERASED_TEXT}`, days: 3 }],
    });
    expect(answer).toEqual(before);
    const without = { rows: ['李伟'] };
    expect(await data.openAll(without)).toBe(without);
  });

  it('cannot be made to open what somebody entered in another field', async () => {
    const name = await process().cipher.seal(randomUUID(), randomUUID(), NAME, '李伟');
    for (const data of [{ name }, { lines: [{ text: `see ${name}.` }] }, [name]]) {
      expect(() => refuseSealedTexts(data)).toThrow('encrypted personal data');
    }
    for (const data of [{ name: 'sealed.1.x' }, { text: 'The envelope was sealed. 1 page.', n: 1, none: null }]) {
      refuseSealedTexts(data);
    }
  });
});

describe('the person index', () => {
  it('gives the same UUID for the same number under the key of the installation, and no other installation does', async () => {
    const secrets = new InstallationSecrets(vault, new MasterKeys(MASTER), now);
    const [here, again] = [await secrets.secret('person-index'), await secrets.secret('person-index')];
    const id = new PersonIndex(here).personIdOf('11010519491231002X');
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new PersonIndex(again).personIdOf('11010519491231002X')).toBe(id);
    expect(new PersonIndex(randomBytes(32)).personIdOf('11010519491231002X')).not.toBe(id);
    expect(new PersonIndex(here).personIdOf('110105194912310011')).not.toBe(id);
  });
});
