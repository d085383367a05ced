import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeGb18030 } from '@provident/files/gb18030';

/** How one text may stand in bytes: its character encodings, each also in hexadecimal and base64, and escaped. */
export function formsOf(text: string): ReadonlyMap<string, readonly Buffer[]> {
  const utf16 = Buffer.from(text, 'utf16le');
  const encodings = new Map<string, Buffer>([
    ['utf-8', Buffer.from(text)],
    ['utf-16le', utf16],
    ['utf-16be', Buffer.from(utf16).swap16()],
    ['gb18030', encodeGb18030(text)],
  ]);
  const forms = new Map<string, readonly Buffer[]>();
  for (const [name, bytes] of encodings) {
    forms.set(name, [bytes]);
    forms.set(`hex of ${name}`, latin([bytes.toString('hex'), bytes.toString('hex').toUpperCase()]));
    forms.set(`base64 of ${name}`, latin([0, 1, 2].flatMap((before) => base64Of(bytes, before))));
  }
  const percent = [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const url = encodeURIComponent(text);
  forms.set('percent', latin([url, url.toLowerCase(), percent, percent.toUpperCase()]));
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const escaped = text.split('').map(escape).join('');
  forms.set('escaped', latin([escaped, escaped.replace(/[a-f]/g, (digit) => digit.toUpperCase())]));
  return forms;
}

/** What these bytes look like inside a base64 text when so many bytes (modulo 3) come before them: the whole characters. */
function base64Of(bytes: Buffer, before: number): string[] {
  const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
  const first = Math.ceil((before * 4) / 3);
  const inner = text.slice(first, Math.floor(((before + bytes.length) * 4) / 3));
  return [inner, inner.replaceAll('+', '-').replaceAll('/', '_')];
}

const latin = (texts: readonly string[]): Buffer[] => [...new Set(texts)].map((text) => Buffer.from(text, 'latin1'));

interface Needle {
  readonly bytes: Buffer;
  readonly text: string;
  readonly form: string;
}

/** A text was found: in which form, and where the search looked. */
export interface Finding {
  readonly text: string;
  readonly form: string;
  readonly where: string;
}

/** Shorter ones stand in any bytes by chance. */
const LEAST_BYTES = 6;

/**
 * Looks for all forms of all texts in one pass over the bytes (Wu and Manber 1994): two bytes at a place tell how far the
 * next place is at which anything could end, so that hundreds of forms cost little more than one.
 */
export class ByteSearch {
  private readonly window: number;
  private readonly shifts = new Uint8Array(0x1_0000);
  private readonly endings = new Map<number, Needle[]>();

  constructor(texts: readonly string[]) {
    const needles = texts.flatMap((text) =>
      [...formsOf(text)].flatMap(([form, all]) => all.map((bytes) => ({ bytes, text, form }))),
    );
    const short = needles.find(({ bytes }) => bytes.length < LEAST_BYTES);
    if (short !== undefined) throw new Error(`"${short.text}" is too short to be looked for as ${short.form}.`);
    this.window = Math.min(...needles.map(({ bytes }) => bytes.length));
    this.shifts.fill(this.window - 1);
    for (const needle of needles) this.add(needle);
  }

  /** What stands in these bytes, each text and form once. */
  in(bytes: Buffer, where: string): Finding[] {
    const found = new Map<string, Finding>();
    for (let end = this.window; end <= bytes.length; ) {
      const pair = bytes.readUInt16BE(end - 2);
      const shift = this.shifts[pair] ?? 0;
      if (shift > 0) {
        end += shift;
        continue;
      }
      const start = end - this.window;
      for (const { bytes: needle, text, form } of this.endings.get(pair) ?? []) {
        if (bytes.subarray(start, start + needle.length).equals(needle))
          found.set(`${form} ${text}`, { text, form, where });
      }
      end += 1;
    }
    return [...found.values()];
  }

  inText(text: string, where: string): Finding[] {
    return this.in(Buffer.from(text), where);
  }

  /** In every file below a folder, and in the files' names. */
  inFolder(folder: string): Finding[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const named = this.inText(entry.name, `name of ${path}`);
      return entry.isFile() ? [...named, ...this.in(readFileSync(path), path)] : named;
    });
  }

  private add(needle: Needle): void {
    for (let at = 0; at + 2 <= this.window; at += 1) {
      const pair = needle.bytes.readUInt16BE(at);
      this.shifts[pair] = Math.min(this.shifts[pair] ?? 0, this.window - 2 - at);
      if (at === this.window - 2) this.endings.set(pair, [...(this.endings.get(pair) ?? []), needle]);
    }
  }
}
