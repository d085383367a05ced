import fc from 'fast-check';
import { trimBlanks } from './cell.js';
import { encodeGb18030 } from './gb18030.js';
import { escapeForSpreadsheet, looksLikeFormula } from './spreadsheet-text.js';
import { openTable } from './table-file.js';
import { writeCsv, writeXlsx } from './table-writer.js';

const PRIVATE = /\p{Co}/u;

/** Texts of every kind, but no half or private characters, and none that XML cannot hold. */
const character = fc.oneof(
  fc.constantFrom(...'=+-@",;\'\t\r\n <>&_x张㐂𬭚·\u00a0\u3000'),
  fc.integer({ min: 0x20, max: 0xfffd }).map((code) => String.fromCharCode(code)),
);
const text = fc
  .array(character, { maxLength: 12 })
  .map((characters) => characters.join(''))
  .filter((each) => each.isWellFormed() && !PRIVATE.test(each) && !/[\ufffe\uffff]|_x[0-9A-Fa-f]{4}_/.test(each));
const rows = fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 6 });

/** What a table is after it was written: formulas defused, blanks around texts and empty rows gone. */
function expected(table: readonly (readonly string[])[]): string[][] {
  const kept = table.map((row) => row.map((each) => trimBlanks(numeric(each) ? each : escapeForSpreadsheet(each))));
  return kept.map((row) => row.slice(0, row.findLastIndex((each) => each !== '') + 1)).filter((row) => row.length > 0);
}

const numeric = (each: string) => /^-?\d+(\.\d+)?$/.test(each);

async function readBack(bytes: Buffer): Promise<string[][]> {
  const read: string[][] = [];
  for await (const row of await openTable(bytes)) read.push(row.cells.map((cell) => cell?.text ?? ''));
  return read.map((row) => row.slice(0, row.findLastIndex((each) => each !== '') + 1));
}

describe('written tables', () => {
  it.each(['utf-8', 'utf-8-with-mark', 'gb18030'] as const)('read back as they were: CSV in %s', async (encoding) => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        expect(await readBack(writeCsv([['header'], ...table], encoding))).toEqual([['header'], ...expected(table)]);
      }),
      { numRuns: 60 },
    );
  });

  it('read back as they were: XLSX', async () => {
    await fc.assert(
      fc.asyncProperty(rows, async (table) => {
        expect(await readBack(await writeXlsx([['header'], ...table]))).toEqual([['header'], ...expected(table)]);
      }),
      { numRuns: 30 },
    );
  });

  it('never hold a cell that a spreadsheet program would run', () => {
    fc.assert(fc.property(text, (each) => expect(looksLikeFormula(escapeForSpreadsheet(each))).toBe(false)));
    expect(escapeForSpreadsheet('=1+1')).toBe("'=1+1");
    expect(escapeForSpreadsheet('\t=1+1')).toBe("' =1+1");
    expect(escapeForSpreadsheet('张三')).toBe('张三');
    expect(writeCsv([['-12.50', '-12a']], 'utf-8').toString()).toBe("-12.50,'-12a\r\n");
  });

  it('are encoded so that the platform decodes every character of GB18030 again', () => {
    const decoder = new TextDecoder('gb18030', { fatal: true });
    for (let code = 0x20; code <= 0x2fa1f; code += code < 0x1_0000 ? 1 : 37) {
      const each = String.fromCodePoint(code);
      if (!each.isWellFormed() || PRIVATE.test(each)) continue;
      if (decoder.decode(encodeGb18030(each)) !== each) throw new Error(`U+${code.toString(16)} does not come back.`);
    }
    expect(() => encodeGb18030('\ud800')).toThrow(RangeError);
  });
});
