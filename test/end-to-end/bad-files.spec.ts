import { FileDeclaration, ImportReceipts } from '@provident/collection';
import type { FileOutcome, FileSource } from '@provident/files';
import { writeXlsx } from '@provident/files/table-writer';
import { businessDate, DomainError, month } from '@provident/kernel';
import { ImportEmployers, ImportPeople } from '@provident/registry';
import { zipOf } from '../support/zip.js';
import {
  ALL_SCHEMES,
  type Cells,
  citizenNumber,
  creditCode,
  declarationCsv,
  employersCsv,
  peopleCsv,
  personName,
  receiptsCsv,
} from '../support/invented.js';
import { openTestLedger, type TestLedger } from '../support/test-ledger.js';

const EMPLOYER = creditCode(0);
const DECLARATION_HEADER = '公民身份号码,姓名,月工资,险种,变动,月份';
const RECEIPTS_HEADER = '银行流水号,入账日期,险种基金,金额,付款人,统一社会信用代码,摘要';
const row = (place: number, ...cells: Cells): Cells => [citizenNumber(place), personName(place), ...cells];

let office: TestLedger;
let commands = 0;

const context = () => {
  commands += 1;
  return office.ledger.context('clerk:proof', businessDate('2025-07-08'), 'bad-files', String(commands));
};
const declare = (file: FileSource, declared = '2025-07', employer = EMPLOYER, acceptGoodRows = false) =>
  office.ledger.commands.execute(new FileDeclaration(employer, month(declared), file, { acceptGoodRows }, context()));
const receive = (file: FileSource, acceptGoodRows = false) =>
  office.ledger.commands.execute(new ImportReceipts(file, { acceptGoodRows }, context()));

/** What was said to a file: the code of its refusal, or of each of its faults. */
async function said(call: Promise<FileOutcome>): Promise<string[]> {
  try {
    const { written, faults } = await call;
    expect(written).toBe(false);
    return faults.faults.map(({ code }) => code);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect([error.message, error.rule, error.remedy].every((text) => text.length > 10)).toBe(true);
    return [error.code];
  }
}

async function writesNothing(work: () => Promise<void>): Promise<void> {
  const before = await office.head();
  await work();
  expect(await office.head()).toBe(before);
}

/** People 0 to 3 are the employer's, 4 another's, 5 is known to nobody; June is declared for 0 and 1. */
beforeAll(async () => {
  office = await openTestLedger();
  const { commands: bus } = office.ledger;
  await bus.execute(new ImportEmployers(employersCsv([0, 1]), {}, context()));
  const people = [0, 1, 2, 3, 4].map((place) => ({ place, employer: place === 4 ? 1 : 0 }));
  await bus.execute(new ImportPeople(peopleCsv(people, '2025-06'), {}, context()));
  await declare(declarationCsv([row(0, '9000'), row(1, '9000')]), '2025-06');
});
afterAll(() => office.close());

/** Two good rows, so that only the row under test is at fault. */
const good = [row(0, '9000'), row(1, '9000')];
const faulty: readonly (readonly [what: string, code: string, row: Cells, place: object])[] = [
  ['an unknown person', 'person-unknown', row(5, '9000', ALL_SCHEMES, '增员'), { letter: 'A' }],
  [
    'a wrong check digit',
    'citizen-number-check-digit',
    [citizenNumber(2).slice(0, 17) + (citizenNumber(2).endsWith('1') ? '2' : '1'), personName(2), '9000'],
    { letter: 'A' },
  ],
  ['a wage that is no number', 'amount-not-a-number', row(2, 'nine'), { letter: 'C' }],
  ['a person twice', 'person-twice', row(0, '9000'), { letter: 'A' }],
  ['another month', 'wrong-month', row(2, '9000', '', '', '2025-08'), { letter: 'F' }],
  ['somebody enrolled elsewhere', 'enrolled-elsewhere', row(4, '9000', ALL_SCHEMES, '增员'), { letter: 'A' }],
  ['somebody not enrolled here', 'not-enrolled', row(4, '9000'), { letter: 'A' }],
  ['another name', 'name-differs', [citizenNumber(2), '别人', '9000'], { letter: 'B' }],
  ['a formula', 'formula-text', [citizenNumber(2), '=HYPERLINK("http://x","王")', '9000'], { letter: 'B' }],
  ['a formula in the wage', 'formula-text', row(2, '=1+1'), { letter: 'C' }],
];

describe('a declaration with', () => {
  it.each(faulty)('%s is kept out, its row, column, value and reason named', async (_what, code, bad, place) => {
    await writesNothing(async () => {
      const { written, faults } = await declare(declarationCsv([...good, bad]));
      expect(written).toBe(false);
      expect(faults).toMatchObject({ total: 1, notShown: 0, byCode: { [code]: 1 } });
      expect(faults.faults).toEqual([
        {
          line: 4,
          code,
          column: expect.objectContaining(place),
          value: expect.any(String),
          reason: expect.any(String),
        },
      ]);
      expect(faults.faults[0]?.value).not.toBe('');
      expect(faults.faults[0]?.value).not.toContain(citizenNumber(2).slice(6, 14));
    });
  });

  it('a person missing who was there last month is kept out', async () => {
    await writesNothing(async () => {
      expect(await said(declare(declarationCsv([row(0, '9000'), row(2, '9000')])))).toEqual(['person-missing']);
    });
  });

  it('a month that is filed already is refused; its very file changes nothing', async () => {
    await writesNothing(async () => {
      expect(await said(declare(declarationCsv([row(0, '9000')]), '2025-06'))).toEqual(['declaration-already-filed']);
      expect(await declare(declarationCsv([row(0, '9000'), row(1, '9000')]), '2025-06')).toMatchObject({ rows: 2 });
    });
  });
});

const text = (content: string) => Buffer.from(content, 'utf8');
const unreadable: readonly (readonly [what: string, code: string, file: () => FileSource | Promise<FileSource>])[] = [
  ['nothing', 'file-empty', () => Buffer.alloc(0)],
  ['bytes of no encoding', 'encoding-unknown', () => Buffer.from([0x31, 0xff, 0xff, 0x0a])],
  ['UTF-16', 'encoding-utf-16', () => Buffer.from('\ufeff列', 'utf16le')],
  ['other columns', 'header-unknown', () => text('name,colour\nA,red\n')],
  ['no rows', 'file-no-rows', () => text(`${DECLARATION_HEADER}\n`)],
  ['half a row', 'half-row', () => text(`${DECLARATION_HEADER}\n${citizenNumber(0)},王`)],
  ['a quotation never closed', 'csv-quotation', () => text(`${DECLARATION_HEADER}\n"${citizenNumber(0)},王,1,,,\n`)],
  ['a zip that is no workbook', 'zip-damaged', () => Buffer.from('PK\u0003\u0004 and nothing else')],
  ['a zip bomb', 'zip-bomb', () => bomb()],
  ['half a workbook', 'zip-damaged', async () => (await writeXlsx([DECLARATION_HEADER.split(',')])).subarray(0, 900)],
];

/** A workbook whose sheet of a few hundred kilobytes says to be, and unpacks to, 300 MB. */
function bomb(): Buffer {
  return zipOf('xl/worksheets/sheet1.xml', 300 * 1024 * 1024);
}

describe.each([
  ['a declaration', declare, DECLARATION_HEADER],
  ['a bank’s file', receive, RECEIPTS_HEADER],
] as const)('%s that holds', (_kind, take, header) => {
  it.each(unreadable)('%s is refused', async (_what, code, make) => {
    await writesNothing(async () => {
      const file = await make();
      const own = Buffer.isBuffer(file) && file.includes(DECLARATION_HEADER);
      const fitting = own ? text(file.toString('utf8').replace(DECLARATION_HEADER, header)) : file;
      expect((await said(take(fitting)))[0]).toBe(code);
    });
  });

  it('a million rows is refused while it comes in, in bounded memory', async () => {
    await writesNothing(async () => {
      let rowsSent = 0;
      async function* stream(): AsyncGenerator<Buffer> {
        yield text(`${header}\n`);
        const rows = text('310199199001010000,王,9000.00,,,,\n'.repeat(1_000));
        for (; rowsSent < 1_000_000; rowsSent += 1_000) yield await Promise.resolve(rows);
      }
      const before = process.memoryUsage().rss;
      expect(await said(take(stream()))).toEqual(['file-too-many-rows']);
      // 200,000 rows are allowed; what follows them is never asked for.
      expect(rowsSent).toBeLessThan(210_000);
      expect(process.memoryUsage().rss - before).toBeLessThan(256 * 1024 * 1024);
    });
  });
});

describe('a bank’s file with', () => {
  const line = (reference: string, amount: string, code = EMPLOYER): Cells => [
    ...[reference, '2025-07-15', '失业', amount, '付款人', code, ''],
  ];

  it('faulty rows is kept out whole', async () => {
    await writesNothing(async () => {
      const rows = [line('A1', '1.00'), line('A1', '2.00'), line('A2', '0.00'), line('A3', '1.00', 'X'.repeat(18))];
      expect(await said(receive(receiptsCsv(rows)))).toEqual([
        'reference-twice',
        'amount-zero',
        'credit-code-check-digit',
      ]);
    });
  });

  it('a reference that is on record with another amount is refused whole', async () => {
    await receive(receiptsCsv([line('R1', '5.00')]));
    await writesNothing(async () => {
      const rows = [line('R0', '4.00'), line('R1', '6.00'), line('R2', '7.00')];
      expect(await said(receive(receiptsCsv(rows)))).toEqual(['bank-reference-reused']);
    });
  });

  it('good rows among faulty ones has those alone taken in, when asked to', async () => {
    const rows = [line('G1', '1.00'), line('G2', '0.00'), line('G3', '3.00')];
    expect(await receive(receiptsCsv(rows), true)).toMatchObject({ written: true, rows: 2, faults: { total: 1 } });
  });
});

it('the good rows of a declaration go in when asked to, and only they', async () => {
  const file = declarationCsv([...good, row(2, '9500'), row(3, 'nine'), row(5, '9000', ALL_SCHEMES, '增员')]);
  const outcome = await declare(file, '2025-07', EMPLOYER, true);
  expect(outcome).toMatchObject({ written: true, rows: 3, faults: { total: 2 } });
  await office.head();
  expect(office.failures).toEqual([]);
});
