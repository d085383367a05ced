import { month } from '@provident/kernel';
import { openDeclarationFile } from './declaration-file.js';
import { FILE_LIMITS } from '@provident/files/limits';
import { writeCsv, writeXlsx } from '@provident/files/table-writer';

const HEADER = ['公民身份号码', '姓名', '月工资', '险种', '变动', '月份'];
const ZHANG = '11010519491231002X';
const LI = '310101199001010012';
const good = [ZHANG, '张三', '8000', '', '', '2025-03'];

const open = (bytes: Buffer) => openDeclarationFile(bytes, month('2025-03'));

async function read(bytes: Buffer) {
  const file = await open(bytes);
  const faults = file.newFaultList();
  const rows = [];
  for await (const chunk of file.chunks(faults)) rows.push(...chunk);
  return { rows, report: faults.report() };
}

/** The faults of a file whose second row changes some cells of a good one. */
async function faultsOf(change: Partial<Record<number, string>>) {
  const row = [LI, '李四', '9000.50', '养老', '', ''].map((text, i) => change[i] ?? text);
  // Written as sent: the product's own writer would defuse formulas.
  const quoted = row.map((text) => `"${text}"`).join(',');
  const { report } = await read(Buffer.from(`${HEADER.join(',')}\n${good.join(',')}\n${quoted}\n`));
  return report.faults.map((fault) => `${fault.column?.letter ?? '-'}${fault.line} ${fault.code}`);
}

describe('declaration file', () => {
  it('reads who stays, joins and leaves', async () => {
    const { rows, report } = await read(
      writeCsv([
        ['month', 'change', 'wage', 'name', 'citizen_number', 'schemes'],
        ['2025-03', '', '8000', '张三', ZHANG, ''],
        ['202503', '增员', '0', '李四', LI, 'work-injury、养老;医疗'],
        ['', 'leave', '', '王·五', '310101199001020026', ''],
      ]),
    );
    expect(report).toEqual({ total: 0, faults: [], notShown: 0, byCode: {} });
    expect(rows).toMatchObject([
      { line: 2, citizenNumber: ZHANG, name: '张三', change: 'stay', schemes: undefined },
      { line: 3, change: 'join', schemes: ['pension', 'medical', 'work-injury'] },
      { line: 4, name: '王·五', change: 'leave' },
    ]);
    expect(rows.map((row) => (row.change === 'leave' ? '-' : row.wage.toString()))).toEqual(['8000.00', '0.00', '-']);
  });

  it.each([
    [{ 0: '310101199001010010' }, 'A3 citizen-number-check-digit'],
    [{ 0: '31010119900101001' }, 'A3 citizen-number-length'],
    [{ 0: '31010119900101001x' }, 'A3 citizen-number-characters'],
    [{ 0: '310101199013010015' }, 'A3 citizen-number-birth-date'],
    [{ 0: '3.10101E+17' }, 'A3 digits-lost'],
    [{ 0: '310101199001011000' }, 'A3 digits-lost'],
    [{ 0: ZHANG }, 'A3 person-twice'],
    [{ 0: `=""${LI}""` }, 'A3 formula-text'],
    [{ 0: `${LI}\t` }, 'A3 control-character'],
    [{ 0: '' }, 'A3 blank-cell'],
    [{ 1: '' }, 'B3 blank-cell'],
    [{ 1: `=HYPERLINK('x')` }, 'B3 formula-text'],
    [{ 1: '@SUM(A1)' }, 'B3 formula-text'],
    [{ 1: '-2+3' }, 'B3 formula-text'],
    [{ 1: '+86' }, 'B3 formula-text'],
    [{ 1: '李\n四' }, 'B3 control-character'],
    [{ 1: '李\u202e四' }, 'B3 control-character'],
    [{ 1: '李\ue000' }, 'B3 private-character'],
    [{ 1: '李'.repeat(201) }, 'B3 text-too-long'],
    [{ 1: '李'.repeat(1_001) }, 'B3 cell-too-long'],
    [{ 2: '八千' }, 'C3 amount-not-a-number'],
    [{ 2: '８０００' }, 'C3 amount-not-a-number'],
    [{ 2: '8e3' }, 'C3 amount-not-a-number'],
    [{ 2: '8000元' }, 'C3 amount-not-a-number'],
    [{ 2: '+8000' }, 'C3 amount-not-a-number'],
    [{ 2: '-8000' }, 'C3 amount-negative'],
    [{ 2: '8000.123' }, 'C3 amount-decimals'],
    [{ 2: '8,000.00' }, 'C3 amount-separators'],
    [{ 2: '800000000000' }, 'C3 amount-too-large'],
    [{ 2: '=4000*2' }, 'C3 formula-text'],
    [{ 2: '' }, 'C3 blank-cell'],
    [{ 3: '住房' }, 'D3 scheme-unknown'],
    [{ 3: '养老、pension' }, 'D3 scheme-twice'],
    [{ 3: '', 4: 'join' }, 'D3 joiner-without-schemes'],
    [{ 4: '调动' }, 'E3 change-unknown'],
    [{ 4: '减员' }, 'C3 leaver-with-wage'],
    [{ 5: '2025-04' }, 'F3 wrong-month'],
    [{ 5: 'March' }, 'F3 month-malformed'],
    [{ 5: '2025-13' }, 'F3 month-malformed'],
  ])('reports %j as %s', async (change, fault) => {
    expect(await faultsOf(change)).toEqual([fault]);
  });

  it('reports every fault of a row', async () => {
    expect(await faultsOf({ 0: '1', 2: 'x', 5: '2025-04' })).toEqual([
      'A3 citizen-number-length',
      'C3 amount-not-a-number',
      'F3 wrong-month',
    ]);
  });

  it('masks citizen numbers and shortens values in what it reports', async () => {
    const row = ['310101199001010010', `李${LI}${'四'.repeat(300)}`, '9000', '', '', ''];
    const { report } = await read(writeCsv([HEADER, row]));
    expect(report.faults.map((fault) => fault.value)).toEqual([
      '310101********0010',
      `李310101********0012${'四'.repeat(20)}…`,
    ]);
    expect(report.faults[0]).toMatchObject({
      line: 2,
      column: { name: '公民身份号码/citizen_number', letter: 'A', number: 1 },
    });
  });

  it('reports empty rows between others, rows that are too short, and cells beside the table', async () => {
    const lines = [
      HEADER.join(','),
      good.join(','),
      '',
      ',,,,,',
      `${LI},李四`,
      `${LI},李四,9,000,养老,,2025-03`,
      '',
      '',
    ];
    const { rows, report } = await read(Buffer.from(lines.join('\n')));
    expect(rows).toHaveLength(1);
    expect(report.faults.map(({ line, code, value }) => [line, code, value])).toEqual([
      [3, 'empty-row', ''],
      [5, 'half-row', '310101********0012,李四'],
      [6, 'cell-without-column', '310101********0012,李四,9,000,养老,,2025-03'],
      [6, 'change-unknown', '养老'],
      [6, 'scheme-unknown', '000'],
    ]);
  });

  it('counts every fault and keeps the first ones in full', async () => {
    const rows = Array.from({ length: 1_200 }, (_, i) => [LI, '李四', i % 2 ? 'x' : '1', '', '', '']);
    const { report } = await (await open(writeCsv([HEADER, ...rows]))).check();
    expect(report).toMatchObject({ total: 1_799, notShown: 1_799 - FILE_LIMITS.faultsInFull });
    expect(report.faults).toHaveLength(FILE_LIMITS.faultsInFull);
    expect(report.byCode).toEqual({ 'person-twice': 1_199, 'amount-not-a-number': 600 });
  });

  it('throws at the first fault where the caller takes none', async () => {
    const file = await open(writeCsv([HEADER, good, [LI, '李四', 'x', '', '', '']]));
    await expect(file.chunks()[Symbol.asyncIterator]().next()).rejects.toMatchObject({
      code: 'row-refused',
      details: { line: 3 },
    });
  });

  it.each([
    ['a column it does not know', [...HEADER, '公积金'], 'header-unknown'],
    ['a column twice', [...HEADER, 'wage'], 'header-duplicate'],
    ['a missing column', HEADER.slice(0, 2), 'header-missing'],
  ])('refuses %s and says what it expects', async (_name, header, code) => {
    await expect(open(writeCsv([header, good]))).rejects.toMatchObject({
      code,
      rule: expect.stringContaining('月工资/wage, 险种/schemes (optional)'),
    });
  });

  it('refuses a file with column names only', async () => {
    await expect(open(writeCsv([HEADER]))).rejects.toMatchObject({ code: 'file-no-rows' });
    await expect(open(writeCsv([['', '']]))).rejects.toMatchObject({ code: 'file-empty' });
  });

  it('reads a workbook: amounts as typed, months as dates, citizen numbers as numbers refused', async () => {
    const rows = [HEADER, [ZHANG, '张三', '12345.67', '', '', '45717'], [LI, '李四', '9000.1', '', '', '45748']];
    const { rows: read1, report } = await read(await writeXlsx(rows, new Set([2, 5])));
    expect(read1.map((row) => row.change !== 'leave' && row.wage.toString())).toEqual(['12345.67']);
    expect(report.faults).toMatchObject([{ code: 'wrong-month', column: { letter: 'F' } }]);
    const turned = await read(await writeXlsx([HEADER, ['310101199001010', '李四', '1', '', '', '']], new Set([0])));
    expect(turned.report.faults).toMatchObject([{ code: 'citizen-number-length' }]);
  });

  it('hands rows over in chunks, as often as asked', async () => {
    const rows = Array.from({ length: 1_100 }, (_, i) => [numbered(i), '张三', '8000', '', '', '']);
    const file = await open(writeCsv([HEADER, ...rows]));
    const sizes: number[] = [];
    for await (const chunk of file.chunks()) sizes.push(chunk.length);
    expect(sizes).toEqual([500, 500, 100]);
    expect(await file.check()).toMatchObject({ goodRows: 1_100, report: { total: 0 } });
  });
});

/** A citizen number of its own for every i below 1,000,000. */
function numbered(i: number): string {
  const day = new Date(Date.UTC(1970, 0, 1 + (i % 10_000))).toISOString().slice(0, 10).replaceAll('-', '');
  const first17 = `310101${day}${String(Math.floor(i / 10_000) + 100)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0);
  return first17 + ('10X98765432'[sum % 11] ?? '');
}
