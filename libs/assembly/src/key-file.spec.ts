import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalMasterKey } from '@provident/access';
import { DomainError } from '@provident/kernel';
import { keyFileNotice, openKeyFile } from './key-file.js';

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
