import { DomainError } from '@provident/kernel';
import type { DateSystem } from './excel-number.js';
import type { FileLimits } from './limits.js';
import { attributeOf, type XmlHandler, XmlScanner } from './xml-scanner.js';
import { type Archive, damaged, openArchive } from './zip-archive.js';

export interface Workbook {
  readonly archive: Archive;
  readonly sheets: readonly { readonly name: string; readonly part: string }[];
  readonly sharedTexts: readonly string[];
  readonly dateSystem: DateSystem;
}

/**
 * Opens an XLSX workbook: its sheets in their order and its shared texts. Macros are refused, although nothing here
 * would run them: a payroll has no use for them, and the file may be opened by a colleague.
 *
 * Throws `workbook-macros`, `zip-*`.
 */
export async function openWorkbook(bytes: Buffer, limits: FileLimits): Promise<Workbook> {
  const archive = await openArchive(bytes, limits);
  for (const name of archive.names()) if (/vbaProject|macrosheets\/|activeX\//i.test(name)) throw macros();
  if (!archive.has('xl/workbook.xml')) throw damaged('no xl/workbook.xml');
  const parts = await partsById(archive, limits);
  let dateSystem: DateSystem = 'from1900';
  const sheets: { name: string; part: string }[] = [];
  await scan(archive, 'xl/workbook.xml', limits, {
    open(name, attributes) {
      if (name === 'workbookPr' && /^(1|true)$/.test(attributeOf(attributes, 'date1904') ?? ''))
        dateSystem = 'from1904';
      if (name !== 'sheet') return;
      const part = parts.get(attributeOf(attributes, 'id') ?? '');
      if (part === undefined || !archive.has(part)) throw damaged('a sheet without its part');
      sheets.push({ name: attributeOf(attributes, 'name') ?? '', part });
    },
    text: () => undefined,
    close: () => undefined,
  });
  return { archive, sheets, sharedTexts: await sharedTexts(archive, limits), dateSystem };
}

async function scan(archive: Archive, part: string, limits: FileLimits, handler: XmlHandler): Promise<void> {
  const steps = scanning(archive, part, limits, handler, () => [])[Symbol.asyncIterator]();
  while ((await steps.next()).done !== true);
}

/** Feeds a part to the handler and hands over, after each piece, what came of it: `taken` empties the handler. */
export async function* scanning<T>(
  archive: Archive,
  part: string,
  limits: FileLimits,
  handler: XmlHandler,
  taken: () => Iterable<T>,
): AsyncIterable<T> {
  const scanner = new XmlScanner(part, handler, limits);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of archive.read(part)) {
    scanner.write(decoded(() => decoder.decode(chunk, { stream: true }), part));
    yield* taken();
  }
  scanner.write(decoded(() => decoder.decode(), part));
  scanner.end();
  yield* taken();
}

function decoded(decode: () => string, part: string): string {
  try {
    return decode();
  } catch {
    throw damaged(`${part} is not UTF-8`);
  }
}

async function partsById(archive: Archive, limits: FileLimits): Promise<Map<string, string>> {
  const parts = new Map<string, string>();
  await scan(archive, 'xl/_rels/workbook.xml.rels', limits, {
    open(name, attributes) {
      const target = attributeOf(attributes, 'Target');
      if (name !== 'Relationship' || target === undefined) return;
      parts.set(attributeOf(attributes, 'Id') ?? '', target.startsWith('/') ? target.slice(1) : `xl/${target}`);
    },
    text: () => undefined,
    close: () => undefined,
  });
  return parts;
}

async function sharedTexts(archive: Archive, limits: FileLimits): Promise<string[]> {
  const texts: string[] = [];
  if (!archive.has('xl/sharedStrings.xml')) return texts;
  let characters = 0;
  const reader = textReader((text) => {
    characters += text.length;
    texts.push(text);
    if (texts.length > limits.sharedTexts || characters > limits.sharedTextCharacters) throw tooMuchText();
  });
  await scan(archive, 'xl/sharedStrings.xml', limits, reader);
  return texts;
}

/** Joins the runs of one shared text (rich text has several) and leaves out reading aids (拼音, `rPh`). */
function textReader(done: (text: string) => void): XmlHandler {
  let text = '';
  let inText = false;
  let inAid = false;
  return {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 't') inText = !inAid;
      else if (name === 'rPh') inAid = true;
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 'si') done(text);
      else if (name === 't') inText = false;
      else if (name === 'rPh') inAid = false;
    },
  };
}

function macros(): DomainError {
  return new DomainError(
    'workbook-macros',
    'The workbook contains macros or active content.',
    'Only workbooks without macros are taken in.',
    'Save it as an Excel workbook (.xlsx) without macros, and send that.',
  );
}

function tooMuchText(): DomainError {
  return new DomainError(
    'workbook-too-much-text',
    'The workbook holds more text than a table of this kind can have.',
    'The texts of a workbook stay in memory while it is read, so they are bounded.',
    'Copy the one sheet with the data into a new workbook, and send that.',
  );
}
