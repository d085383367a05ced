import { crc32, deflateRawSync } from 'node:zlib';
import type { FileLimits } from './limits.js';
import { openTable } from './table-file.js';
import { writeXlsx } from './table-writer.js';

interface Part {
  name: string;
  content: string | Buffer;
  /** A lie about the inflated size. */
  declared?: number;
  encrypted?: boolean;
}

/** A zip as any program would write it, or as an attacker would. */
function zip(parts: readonly Part[]): Buffer {
  const local: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, content, declared, encrypted } of parts) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(encrypted ? 1 : 0, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(declared ?? bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    local.push(Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, tail, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, listed, end]);
}

function workbook(sheets: readonly (string | Part)[], more: { shared?: string; properties?: string } = {}): Part[] {
  const names = sheets.map((_, i) => `<sheet name="S${i + 1}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`);
  const targets = sheets.map((_, i) => `<Relationship Id="rId${i + 1}" Target="worksheets/sheet${i + 1}.xml"/>`);
  return [
    {
      name: 'xl/workbook.xml',
      content: `<workbook>${more.properties ?? ''}<sheets>${names.join('')}</sheets></workbook>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', content: `<Relationships>${targets.join('')}</Relationships>` },
    ...(more.shared
      ? [{ name: 'xl/sharedStrings.xml', content: `<?xml version="1.0"?><sst>${more.shared}</sst>` }]
      : []),
    ...sheets.map((rows, i) =>
      typeof rows === 'string'
        ? { name: `xl/worksheets/sheet${i + 1}.xml`, content: `<worksheet><sheetData>${rows}</sheetData></worksheet>` }
        : { ...rows, name: `xl/worksheets/sheet${i + 1}.xml` },
    ),
  ];
}

async function cells(bytes: Buffer, limits: Partial<FileLimits> = {}) {
  const rows: [number, ...unknown[]][] = [];
  const table = await openTable(bytes, { limits });
  for await (const row of table) rows.push([row.line, ...row.cells]);
  return rows;
}

const refusal = async (parts: readonly Part[], limits: Partial<FileLimits> = {}): Promise<string> =>
  cells(zip(parts), limits).then(
    () => 'read',
    (error: unknown) => (error as { code: string }).code,
  );

const ONE_ROW = '<row r="1"><c r="A1"><v>1</v></c></row>';

describe('XLSX workbooks', () => {
  it('reads every kind of cell, by its place', async () => {
    const shared =
      '<si><t>姓名</t></si><si><r><t>欧阳</t></r><r><t xml:space="preserve"> 㐂</t></r><rPh><t>x</t></rPh></si>';
    const rows =
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="inlineStr"><is><t>a &lt;&#x4e2d;&amp;</t></is></c></row>' +
      '<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"/><c r="C4"><v>12345.670000000001</v></c>' +
      '<c r="D4"><v>1.1010519491231E+17</v></c><c r="E4"><f>A1*2</f><v>3</v></c><c r="F4" t="b"><v>1</v></c>' +
      '<c r="G4" t="e"><v>#N/A</v></c><c r="H4" t="str"><v>x_x000D_y</v></c></row>';
    expect(await cells(zip(workbook([rows], { shared })))).toEqual([
      [1, { text: '姓名' }, undefined, { text: 'a <中&' }],
      [
        4,
        { text: '欧阳 㐂' },
        undefined,
        { text: '12345.67', numeric: true },
        { text: '1.1010519491231E+17', trouble: 'digits-lost' },
        { text: '3', trouble: 'formula' },
        { text: 'TRUE', trouble: 'true-or-false' },
        { text: '#N/A', trouble: 'error-value' },
        { text: 'x\ry' },
      ],
    ]);
  });

  it('reads what ExcelJS writes, and the date system that the workbook names', async () => {
    const bytes = await writeXlsx(
      [
        ['姓名', '月工资'],
        ['古丽·阿依', '7460.5'],
      ],
      new Set([1]),
    );
    expect(await cells(bytes)).toEqual([
      [1, { text: '姓名' }, { text: '月工资' }],
      [2, { text: '古丽·阿依' }, { text: '7460.5', numeric: true }],
    ]);
    const from1904 = zip(workbook([ONE_ROW], { properties: '<workbookPr date1904="1"/>' }));
    expect((await openTable(from1904)).dateSystem).toBe('from1904');
  });

  it('reads the one filled sheet among empty ones, and refuses two filled ones', async () => {
    expect(await cells(zip(workbook(['', ONE_ROW, ''])))).toHaveLength(1);
    expect(await refusal(workbook([ONE_ROW, '', ONE_ROW]))).toBe('workbook-several-sheets');
  });

  it('refuses a bomb that declares its size before inflating it', async () => {
    const bomb = { name: '', content: Buffer.alloc(20 * 1024 * 1024, ' ') };
    expect(await refusal(workbook([bomb]))).toBe('zip-bomb');
    const together = Array.from({ length: 9 }, () => ({ name: '', content: '', declared: 30 * 1024 * 1024 }));
    expect(await refusal(workbook(together))).toBe('zip-bomb');
  });

  it('refuses a bomb that lies about its size while inflating it', async () => {
    const bomb = { name: '', content: `<worksheet>${' '.repeat(50 * 1024 * 1024)}</worksheet>`, declared: 100_000 };
    expect(await refusal(workbook([bomb]))).toBe('zip-bomb');
  });

  it('refuses many parts, parts of one name, encryption, macros and external parts', async () => {
    const padding = (count: number) => Array.from({ length: count }, (_, i) => ({ name: `p${i}`, content: '' }));
    expect(await refusal([...workbook([ONE_ROW]), ...padding(198)])).toBe('zip-too-many-entries');
    expect(await refusal([...workbook([ONE_ROW]), { name: 'xl/workbook.xml', content: '' }])).toBe('zip-damaged');
    expect(await refusal([...workbook([ONE_ROW]), { name: 'x', content: '', encrypted: true }])).toBe('zip-encrypted');
    expect(await refusal([...workbook([ONE_ROW]), { name: 'xl/vbaProject.bin', content: '' }])).toBe('workbook-macros');
    expect(await refusal([{ name: 'word/document.xml', content: '<document/>' }])).toBe('zip-damaged');
    expect(await refusal([{ name: '../../etc/passwd', content: '' }])).toBe('zip-damaged');
  });

  it.each([
    ['a document type', '<!DOCTYPE a [<!ENTITY b "c">]><worksheet/>'],
    ['an unknown entity', '<worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>'],
    ['crossing elements', '<worksheet><sheetData></worksheet></sheetData>'],
    ['a part that is cut off', '<worksheet><sheetData><row r="1">'],
    ['text instead of XML', 'name,wage'],
    ['deep elements', '<a>'.repeat(65) + '</a>'.repeat(65)],
    ['a tag without end', `<worksheet a="${'x'.repeat(600_000)}`],
    ['rows out of order', '<worksheet><sheetData><row r="2"/><row r="1"/></sheetData></worksheet>'],
    [
      'a shared text that is not there',
      '<worksheet><sheetData><row><c t="s"><v>9</v></c></row></sheetData></worksheet>',
    ],
  ])('refuses %s', async (_name, content) => {
    expect(await refusal(workbook([{ name: '', content }]))).toBe('zip-damaged');
  });

  it('refuses a file that is cut off, and bytes that only start like a zip', async () => {
    const whole = zip(workbook([ONE_ROW]));
    await expect(cells(whole.subarray(0, whole.length - 30))).rejects.toMatchObject({ code: 'zip-damaged' });
    await expect(cells(Buffer.from('PK\x03\x04nothing'))).rejects.toMatchObject({ code: 'zip-damaged' });
  });

  it('keeps to its limits', async () => {
    const rows = (count: number) =>
      workbook([Array.from({ length: count }, () => '<row><c><v>1</v></c></row>').join('')]);
    expect(await refusal(rows(11), { rows: 10 })).toBe('read');
    expect(await refusal(rows(12), { rows: 10 })).toBe('file-too-many-rows');
    const far = workbook(['<row r="1"><c r="XFD1"><v>1</v></c></row>']);
    expect(await refusal(far)).toBe('file-too-many-columns');
    const shared = workbook([ONE_ROW], { shared: '<si><t>12345</t></si>'.repeat(3) });
    expect(await refusal(shared, { sharedTexts: 2 })).toBe('workbook-too-much-text');
    expect(await refusal(shared, { sharedTextCharacters: 14 })).toBe('workbook-too-much-text');
  });

  it('reads a hundred thousand rows with memory bounded by a piece of the sheet', async () => {
    const sheet = Array.from({ length: 100_000 }, (_, i) => `<row r="${i + 1}"><c><v>${i}</v></c></row>`).join('');
    const table = await openTable(zip(workbook([sheet])));
    let count = 0;
    for await (const row of table) count = row.line;
    expect(count).toBe(100_000);
  });
});
