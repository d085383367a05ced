import { openReceiptFile } from './receipt-file.js';
import { writeCsv, writeXlsx } from '@provident/files/table-writer';

const HEADER = ['银行流水号', '入账日期', '险种基金', '金额', '付款人', '统一社会信用代码', '摘要'];
const CODE = '91350100M000100Y43';
const good = ['20250115000001', '2025-01-15', '养老', '12345.60', '示例公司', CODE, '202501 社保'];

async function read(bytes: Buffer) {
  const file = await openReceiptFile(bytes);
  const faults = file.newFaultList();
  const rows = [];
  for await (const chunk of file.chunks(faults)) rows.push(...chunk);
  return {
    rows,
    codes: faults.report().faults.map((fault) => `${fault.column?.letter ?? '-'}${fault.line} ${fault.code}`),
  };
}

describe('receipt file', () => {
  it('reads receipts, also those that name no payer', async () => {
    const unclear = ['B-2/7', '20250116', 'work-injury', '5', '', '', ''];
    const { rows, codes } = await read(writeCsv([HEADER, good, unclear], 'gb18030'));
    expect(codes).toEqual([]);
    expect(rows.map((row) => ({ ...row, amount: row.amount.toString() }))).toEqual([
      {
        line: 2,
        bankReference: '20250115000001',
        valueDate: '2025-01-15',
        fund: 'employee-pension',
        amount: '12345.60',
        payerName: '示例公司',
        creditCode: CODE,
        purpose: '202501 社保',
      },
      {
        line: 3,
        bankReference: 'B-2/7',
        valueDate: '2025-01-16',
        fund: 'work-injury',
        amount: '5.00',
        payerName: '',
        creditCode: undefined,
        purpose: '',
      },
    ]);
  });

  it.each([
    ['滞纳金', 'late-fee'],
    ['Late-Fee', 'late-fee'],
    ['保险费', undefined],
    ['', undefined],
  ])('reads %j as what the money is for', async (text, pays) => {
    const { rows, codes } = await read(
      writeCsv([
        [...HEADER, '款项性质'],
        [...good, text],
      ]),
    );
    expect([rows[0]?.pays, codes]).toEqual([pays, []]);
  });

  it('says of a fine that it is no money of a fund', async () => {
    const { codes } = await read(
      writeCsv([
        [...HEADER, '款项性质'],
        [...good, '罚款'],
      ]),
    );
    expect(codes).toEqual(['H2 receipt-kind-unknown']);
  });

  it.each([
    ['2025-01-15', '2025-01-15'],
    ['2025/1/5', '2025-01-05'],
    ['20250115', '2025-01-15'],
  ])('reads %s as a date', async (text, date) => {
    const { rows } = await read(writeCsv([HEADER, good.with(1, text)]));
    expect(rows[0]?.valueDate).toBe(date);
  });

  it.each([
    [0, good[0] ?? '', 'A3 reference-twice'],
    [0, '', 'A3 blank-cell'],
    [0, 'A B', 'A3 reference-malformed'],
    [0, '2.02501E+13', 'A3 digits-lost'],
    [0, 'x'.repeat(65), 'A3 text-too-long'],
    [1, '2025-02-29', 'B3 date-malformed'],
    [1, '15.01.2025', 'B3 date-malformed'],
    [1, '45658', 'B3 date-malformed'],
    [2, '公积金', 'C3 fund-unknown'],
    [3, '0.00', 'D3 amount-zero'],
    [3, '-5', 'D3 amount-negative'],
    [3, '1,000', 'D3 amount-separators'],
    [5, '91350100M000100Y44', 'F3 credit-code-check-digit'],
    [5, '91350100M000100Y4', 'F3 credit-code-length'],
    [5, '91350100M000100YI3', 'F3 credit-code-characters'],
  ])('in column %i reports %j as %s', async (column, text, fault) => {
    const row = good.with(0, 'other').with(column, text);
    expect((await read(writeCsv([HEADER, good, row]))).codes).toEqual([fault]);
  });

  it('reads dates of a workbook, and refuses references that it holds as numbers', async () => {
    const typed = await writeXlsx([HEADER, good.with(1, '45672')], new Set([1, 3]));
    expect((await read(typed)).rows).toMatchObject([{ valueDate: '2025-01-15' }]);
    expect((await read(await writeXlsx([HEADER, good], new Set([0])))).codes).toEqual(['A2 number-for-text']);
  });
});
