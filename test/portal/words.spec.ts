import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryFolder } from '@provident/assembly';
import { PROCEDURES } from '@provident/casework/procedures';
import type { TSchema } from '@sinclair/typebox';

/*
 * The words of the portal: both languages say the same things, and nothing is said that is never shown. The dictionaries
 * are read as text, as they stand side by side.
 */
const SOURCES = join(repositoryFolder(), 'apps', 'portal', 'src');
const read = (name: string): string => readFileSync(join(SOURCES, name), 'utf8');
const ENTRY = /^ {2}'?([\w.-]+)'?: \{\s*zh: (['"`])(.*?)\2,\s*en: (['"`])(.*?)\4,?\s*\},$/gms;

const dictionaries = globSync('i18n/*.ts', { cwd: SOURCES })
  .filter((name) => read(name).includes('dictionary({'))
  .map((name) => {
    const entries = [...read(name).matchAll(ENTRY)].map(([, key = '', , zh = '', , en = '']) => ({ key, zh, en }));
    return { name, entries, keys: (read(name).match(/\bzh:/g) ?? []).length };
  });
const code = globSync(['{rooms,shell,api,format}/**/*.{ts,tsx}', 'main.tsx'], { cwd: SOURCES }).map(read).join('\n');

it('are read whole', () => {
  expect(dictionaries.length).toBeGreaterThan(2);
  for (const { name, entries, keys } of dictionaries) expect({ name, keys: entries.length }).toEqual({ name, keys });
});

it('have Chinese and English for every key, with the same values put in', () => {
  const valuesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();
  for (const { name, entries } of dictionaries) {
    for (const { key, zh, en } of entries) {
      expect({ name, key, said: zh.trim() !== '' && en.trim() !== '' }).toEqual({ name, key, said: true });
      expect({ name, key, values: valuesIn(zh) }).toEqual({ name, key, values: valuesIn(en) });
    }
  }
});

it('are all shown somewhere', () => {
  // Words of events are found by the events' own names.
  const spoken = dictionaries.filter(({ name }) => !name.endsWith('events.ts'));
  const unused = spoken.flatMap(({ name, entries }) =>
    entries
      .filter(({ key }) => {
        const [family] = key.split(/(?<=\.)/);
        return !code.includes(`'${key}'`) && !(key.includes('.') && code.includes(`\`${family ?? ''}\${`));
      })
      .map(({ key }) => `${name}: ${key}`),
  );
  expect(unused).toEqual([]);
});

it('name every procedure and every field of its request', () => {
  const known = new Set(dictionaries.flatMap(({ entries }) => entries.map(({ key }) => key)));
  const fieldsOf = ({ properties = {} }: TSchema): string[] =>
    Object.entries(properties as Record<string, TSchema>).flatMap(([name, field]) => [name, ...fieldsOf(field)]);
  const wanted = Object.entries(PROCEDURES).flatMap(([name, { request }]) => [
    `procedure.${name}`,
    ...fieldsOf(request).map((field) => `field.${field}`),
  ]);
  expect([...new Set(wanted)].filter((key) => !known.has(key))).toEqual([]);
});
