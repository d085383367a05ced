import { randomBytes } from 'node:crypto';
import { ByteSearch, formsOf } from './byte-search.js';

const TEXTS = ['金丝雀', '310199199001010776', '13900077777'];
const search = new ByteSearch(TEXTS);

/** Encoded by other means than the search's own, where there are some. */
const WRITTEN: Readonly<Record<string, (text: string) => string | Buffer>> = {
  'utf-8': (text) => text,
  'utf-16le': (text) => Buffer.from(text, 'utf16le'),
  'hex of utf-8': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'base64 of utf-8': (text) => Buffer.from(`{"name":"${text}"}`).toString('base64'),
  'base64 of utf-16le': (text) => Buffer.from(`x${text}y`, 'utf16le').toString('base64url'),
  percent: (text) => new URLSearchParams({ name: text }).toString().replace(/^name=(\d+)$/, '$1'),
  escaped: (text) =>
    JSON.stringify(text).replace(/[^"]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
};

it.each(Object.entries(WRITTEN))('finds a text as %s, at any place', (form, write) => {
  for (const text of TEXTS) {
    for (const before of [0, 1, 2, 3, 1_000]) {
      const bytes = Buffer.concat([randomBytes(before), Buffer.from(write(text) as string), randomBytes(7)]);
      // A number that needs no percent sign stands as it is.
      const expected = form === 'percent' && /^\d+$/.test(text) ? 'utf-8' : form;
      expect(search.in(bytes, 'here')).toContainEqual({ text, form: expected, where: 'here' });
    }
  }
});

it('finds every form that it knows, also among the others, and nothing where nothing is', () => {
  const forms = TEXTS.flatMap((text) =>
    [...formsOf(text)].flatMap(([form, all]) => all.map((bytes) => ({ text, form, bytes }))),
  );
  for (const { text, form, bytes } of forms) {
    expect(search.in(Buffer.concat([Buffer.alloc(5, 0x41), bytes]), 'here')).toContainEqual({
      text,
      form,
      where: 'here',
    });
  }
  const all = search.in(Buffer.concat(forms.map(({ bytes }) => bytes)), 'all');
  for (const { text, form } of forms) expect(all).toContainEqual({ text, form, where: 'all' });
  expect(search.in(randomBytes(4_000_000), 'nowhere')).toEqual([]);
  expect(search.in(Buffer.alloc(0), 'nowhere')).toEqual([]);
});

it('says which text is too short to be looked for', () => {
  expect(() => new ByteSearch(['甲'])).toThrow('too short');
});
