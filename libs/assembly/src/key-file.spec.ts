import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalMasterKey } from '@provident/access';
import { DomainError } from '@provident/kernel';
import { addMasterKey, dropEarlierKeys, keyFileNotice, openKeyFile } from './key-file.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'provident-keys-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a key at the first start, for its owner alone, and finds it at the next', () => {
  const data = join(folder, 'data');
  const first = openKeyFile(data);
  expect(first.isNew).toBe(true);
  expect(statSync(first.path).mode & 0o777).toBe(0o600);
  const text = readFileSync(first.path, 'utf8');
  expect(text).toMatch(/^[A-Za-z0-9+/]{43}=\n$/);
  expect(keyFileNotice(first)).toContain(first.path);
  expect(keyFileNotice(first)).not.toContain(text.trim());
  const second = openKeyFile(data);
  expect(second).toMatchObject({ isNew: false, masterKeys: { current: { id: first.masterKeys.current.id } } });
});

it('reads earlier keys below the present one, and says what to do about a file that holds no key', async () => {
  const { path } = openKeyFile(folder);
  const [present, earlier] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64')) as [string, string];
  writeFileSync(path, `${present}\n${earlier}\n`);
  const { masterKeys } = openKeyFile(folder);
  expect(masterKeys.current.id).toBe(LocalMasterKey.from(present).id);
  const before = LocalMasterKey.from(earlier);
  const wrapped = await before.wrap(Buffer.alloc(32, 7), 'test');
  expect(await masterKeys.unwrap(wrapped, before.id, 'test')).toEqual(Buffer.alloc(32, 7));
  for (const text of ['', 'word\n', `${present}\nword\n`]) {
    writeFileSync(path, text);
    expect(() => openKeyFile(folder)).toThrow(DomainError);
  }
});

it('takes a new key before the old one, and leaves it alone when that is done', async () => {
  const { path, masterKeys: old } = openKeyFile(folder);
  const wrapped = await old.wrap(Buffer.alloc(32, 7), 'test');
  addMasterKey(folder);
  const both = openKeyFile(folder).masterKeys;
  expect(both.current.id).not.toBe(old.current.id);
  expect(await both.unwrap(wrapped, old.current.id, 'test')).toEqual(Buffer.alloc(32, 7));
  dropEarlierKeys(folder);
  const alone = openKeyFile(folder).masterKeys;
  expect(alone.current.id).toBe(both.current.id);
  expect(() => alone.unwrap(wrapped, old.current.id, 'test')).toThrow(old.current.id);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
