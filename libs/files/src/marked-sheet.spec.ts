import ExcelJS from 'exceljs';
import { FAULT_COLUMN } from './fault-column.js';
import { markedCopy, markedSheet } from './marked-sheet.js';
import { openTable } from './table-file.js';
import { writeCsv, writeXlsx } from './table-writer.js';
import { name, reference } from './text-rules.js';
import { type FileKind, openTyped } from './typed-file.js';
import { positiveAmount } from './value-rules.js';

interface Line {
  readonly line: number;
}

const KIND: FileKind<Line> = {
  columns: [
    { en: 'bank_reference', zh: '银行流水号' },
    { en: 'payer_name', zh: '付款人' },
    { en: 'amount', zh: '金额' },
  ],
  startReading: () => (cells) => {
    cells.required('bank_reference', reference);
    cells.optional('payer_name', name);
    cells.required('amount', positiveAmount);
    return cells.hasFaults ? undefined : { line: cells.line };
  },
};

const HEADER = ['银行流水号', '付款人', '金额'];
const ROWS = [
  HEADER,
  ['B1', '示例单位', '100.00'],
  ['B2', '=HYPERLINK("http://example.test","x")', '-5.00'],
  ['B3', '<script>alert(1)</script>', ''],
];

const checked = async (file: Buffer) => (await (await openTyped(file, KIND)).check()).report;

describe('a sheet with its faults', () => {
  it('shows the faulty rows as they stand, each cell with what is wrong with it', async () => {
    const file = writeCsv(ROWS, 'utf-8').toString().replace("'=HYPER", '=HYPER');
    const sheet = await markedSheet(Buffer.from(file), await checked(Buffer.from(file)));
    expect(sheet.columns).toEqual([
      { letter: 'A', title: '银行流水号' },
      { letter: 'B', title: '付款人' },
      { letter: 'C', title: '金额' },
    ]);
    expect(sheet.rows).toMatchObject([
      {
        line: 3,
        cells: ['B2', '=HYPERLINK("http://example.test","x")', '-5.00'],
        faults: [
          { column: 1, code: 'formula-text' },
          { column: 2, code: 'amount-negative', reason: { zh: '金额不能为负数。' } },
        ],
      },
      { line: 4, faults: [{ column: 2, code: 'blank-cell' }] },
    ]);
    expect(sheet.elsewhere).toEqual([]);
  });

  it.each(['csv', 'xlsx'] as const)(
    'comes back as %s with a column that tells the faults in their own rows',
    async (format) => {
      const file = await writeXlsx(ROWS, new Set([2]));
      const copy = await markedCopy(file, await checked(file), format);
      const rows = await texts(copy);
      expect(rows.map((row) => row.slice(0, 3))).toEqual(await texts(file));
      expect(rows[0]?.[3]).toBe(FAULT_COLUMN);
      expect(rows[1]?.[3] ?? '').toBe('');
      expect(rows[2]?.[3]).toContain('[C amount-negative] 金额不能为负数。 The amount is negative.');
      expect(rows[3]?.[3]).toContain('[C blank-cell]');
    },
  );

  it('runs nothing that a spreadsheet program would take for a formula', async () => {
    const file = Buffer.from(writeCsv(ROWS, 'utf-8').toString().replace("'=HYPER", '=HYPER'));
    const csv = (await markedCopy(file, await checked(file), 'csv')).toString();
    expect(csv).not.toMatch(/(^|[,"\n])[=+@]/);
    const workbook = new ExcelJS.Workbook();
    const bytes = await markedCopy(file, await checked(file), 'xlsx');
    await workbook.xlsx.load(bytes as unknown as ArrayBuffer);
    const sheet = workbook.getWorksheet(1) as ExcelJS.Worksheet;
    sheet.eachRow((row) => row.eachCell((cell) => expect(cell.type).not.toBe(ExcelJS.ValueType.Formula)));
    expect(sheet.getCell('B3').value).toBe(`'=HYPERLINK("http://example.test","x")`);
    expect(
      [sheet.getCell('C3'), sheet.getCell('C2')].map(({ fill }) => (fill as ExcelJS.Fill | undefined)?.type),
    ).toEqual(['pattern', undefined]);
  });

  it('is read again as it is, once it is mended: its own column does not count', async () => {
    const mended = [
      [...HEADER, FAULT_COLUMN],
      ['B1', '单位', '1.00', ''],
      ['B2', '单位', '2.00', '[C amount-negative] …'],
    ];
    for (const file of [writeCsv(mended), await writeXlsx(mended)]) {
      expect(await (await openTyped(file, KIND)).check()).toMatchObject({ goodRows: 2, report: { total: 0 } });
      const again = await markedCopy(file, await checked(file), 'csv');
      expect((await texts(again)).map((row) => row.length)).toEqual([4, 4, 4]);
    }
  });
});

async function texts(file: Buffer): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of await openTable(file)) rows.push(cells.map((cell) => cell?.text ?? ''));
  return rows;
}
