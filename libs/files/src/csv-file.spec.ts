import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encodeGb18030 } from './gb18030.js';
import { FILE_LIMITS, type FileLimits } from './limits.js';
import { openTable } from './table-file.js';

const HEADER = '姓名,月工资\n';

async function texts(source: Buffer | string | AsyncIterable<Uint8Array>, limits: Partial<FileLimits> = {}) {
  const table = await openTable(source, { limits });
  const rows: [number, ...string[]][] = [];
  for await (const row of table) rows.push([row.line, ...row.cells.map((cell) => cell?.text ?? '')]);
  return { table, rows };
}

const refusal = async (bytes: Buffer, limits: Partial<FileLimits> = {}): Promise<string> =>
  texts(bytes, limits).then(
    () => 'read',
    (error: unknown) => (error as { code: string }).code,
  );

describe('CSV files', () => {
  it.each([
    ['UTF-8', Buffer.from(`${HEADER}张三,8000\n`), 'utf-8'],
    ['UTF-8 with a byte-order mark', Buffer.from(`\ufeff${HEADER}张三,8000\n`), 'utf-8'],
    ['GB18030', encodeGb18030(`${HEADER}张三,8000\n`), 'gb18030'],
  ])('reads %s', async (_name, bytes, encoding) => {
    const { table, rows } = await texts(bytes);
    expect(table).toMatchObject({ format: 'csv', encoding, bytes: bytes.length });
    expect(rows).toEqual([
      [1, '姓名', '月工资'],
      [2, '张三', '8000'],
    ]);
  });

  it('reads rare and minority names in GB18030, with four-byte characters cut between pieces', async () => {
    const people = Array.from({ length: 30_000 }, (_, i) => `㐂𬭚·阿依古丽${i},8000\n`).join('');
    const { rows } = await texts(encodeGb18030(HEADER + people));
    expect(rows.at(-1)).toEqual([30_001, '㐂𬭚·阿依古丽29999', '8000']);
    expect(rows.every((row) => row.length === 3)).toBe(true);
  });

  it('numbers rows as a spreadsheet does and leaves empty ones out', async () => {
    const { rows } = await texts(Buffer.from('a,b\r\n"x\ny",2\r\n\r\n,\r\n　z ,"1,000"\r\n\r\n'));
    expect(rows).toEqual([
      [1, 'a', 'b'],
      [2, 'x\ny', '2'],
      [5, 'z', '1,000'],
    ]);
  });

  it('reads a path and a stream alike, with one hash, and reads twice', async () => {
    const bytes = Buffer.from(`${HEADER}张三,8000\n`);
    const { table } = await texts(bytes);
    async function* stream(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes) yield await Promise.resolve(Uint8Array.of(byte));
    }
    expect((await texts(stream())).table.sha256).toBe(table.sha256);
    const lines: number[] = [];
    for await (const row of table) lines.push(row.line);
    expect(lines).toEqual([1, 2]);
    const path = join(mkdtempSync(join(tmpdir(), 'table-')), 'payroll.txt');
    writeFileSync(path, bytes);
    expect((await texts(path)).table.sha256).toBe(table.sha256);
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'file-empty'],
    ['UTF-16 with a mark', Buffer.from(`\ufeff${HEADER}`, 'utf16le'), 'encoding-utf-16'],
    ['UTF-16 without a mark', Buffer.from('name,wage\n', 'utf16le'), 'encoding-utf-16'],
    ['bytes of no encoding', Buffer.from([0x61, 0xff, 0xff, 0x0a]), 'encoding-unknown'],
    ['GB18030 cut inside a character', encodeGb18030(`${HEADER}张三`).subarray(0, -1), 'encoding-unknown'],
    ['a zero byte', Buffer.from('a,b\n1,\u00002\n'), 'encoding-unknown'],
    ['a quotation mark never closed', Buffer.from('a,b\n1,"2\n3,4\n'), 'csv-quotation'],
    ['a quotation mark inside a cell', Buffer.from('a,b\n1,2"2\n'), 'csv-quotation'],
    ['an Excel 97 file', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'workbook-xls'],
  ])('refuses %s', async (_name, bytes, code) => {
    expect(await refusal(bytes)).toBe(code);
  });

  it('refuses a workbook with a password by name', async () => {
    const marked = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]);
    expect(await refusal(marked)).toBe('workbook-encrypted');
  });

  it('keeps to its limits', async () => {
    const rows = (count: number) => Buffer.from(`a\n${'1\n'.repeat(count)}`);
    expect(await refusal(rows(10), { rows: 10 })).toBe('read');
    expect(await refusal(rows(11), { rows: 10 })).toBe('file-too-many-rows');
    expect(await refusal(rows(10), { fileBytes: 21 })).toBe('file-too-large');
    expect(await refusal(Buffer.from('a,b,c\n'), { columns: 2 })).toBe('file-too-many-columns');
    expect(await refusal(Buffer.from(`a\n"${'x\n'.repeat(400)}`), { recordBytes: 500 })).toBe('csv-record-too-long');
  });

  it('stops a stream of a million rows at the row limit, early and in bounded memory', async () => {
    let sent = 0;
    async function* million(): AsyncGenerator<Uint8Array> {
      yield await Promise.resolve(Buffer.from(HEADER));
      const thousand = Buffer.from('张三,8000.00\n'.repeat(1_000));
      for (let i = 0; i < 1_000; i += 1) {
        sent += 1_000;
        yield thousand;
      }
    }
    const before = process.memoryUsage().rss;
    await expect(openTable(million())).rejects.toMatchObject({ code: 'file-too-many-rows' });
    expect(sent).toBeLessThanOrEqual(FILE_LIMITS.rows + 1_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });
});
