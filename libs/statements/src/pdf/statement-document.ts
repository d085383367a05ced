import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces';
import { canonicalJson } from '@provident/kernel';
import type { NamedStatement } from '../statement-reader.js';
import { type Language, WORDS, type Words } from '../words.js';
import { notCovered, printable } from './fonts.js';
import { BRAND, FAINT, grouped, INK, percent, RULE } from './look.js';
import { monthTable } from './month-table.js';

/** Between facts on one line: blanks of a fixed width, which no line break swallows. */
const GAP = '\u2003\u2003';

/** A file that lies inside the PDF. */
export interface Attachment {
  readonly name: string;
  readonly type: string;
  readonly description: string;
  readonly content: string;
}

export interface Printing {
  /** The statement's proofs, where they can be given; none of them yet is said on the page. */
  readonly proofs?: readonly Attachment[] | undefined;
  /** Where the public finds the portal: the QR code leads to its page that checks statements. */
  readonly portalUrl?: string | undefined;
}

/**
 * What the QR code says: which record, as known when, and its digest. It names nobody. As an address it says so behind the
 * `#`, which no browser sends on: who scans it tells nobody which record he holds.
 */
export function codeOf({ area, year, knownAt, digest }: NamedStatement, portalUrl?: string): string {
  const record = `${area}:${year}:${knownAt}:sha256:${digest}`;
  return portalUrl === undefined ? `urn:provident:statement:${record}` : `${portalUrl}/verify#${record}`;
}

/** A statement as one landscape page of A4. The same statement always gives the same document. */
export function statementDocument(
  statement: NamedStatement,
  language: Language,
  { proofs, portalUrl }: Printing,
): TDocumentDefinitions {
  const words = WORDS[language];
  const { year, recordedAt } = statement;
  const name = `statement-${year}.json`;
  const own = { name, type: 'application/json', description: words.title, content: canonicalJson(statement) };
  const at = new Date(recordedAt ?? `${year}-01-01T00:00:00Z`);
  return {
    pageSize: 'A4',
    pageOrientation: 'landscape',
    pageMargins: [32, 28, 32, 44],
    version: '1.7',
    subset: 'PDF/A-3',
    language: language === 'zh' ? 'zh-CN' : 'en',
    displayTitle: true,
    info: {
      ...{ title: `${words.title} ${year}`, author: `Provident ${statement.area}`, subject: statement.digest },
      ...{ creationDate: at, modDate: at },
    },
    defaultStyle: { font: 'Noto', fontSize: 8.5, color: INK },
    content: [
      head(statement, words, portalUrl),
      tiles(statement, words),
      monthTable(statement, words),
      foot(statement, words, proofs),
    ],
    footer: (page, pages) => footer(statement, words, page, pages),
    files: Object.fromEntries(
      [own, ...(proofs ?? [])].map(({ name, type, description, content }) => [
        name,
        {
          ...{ name, type, description, relationship: 'Data', creationDate: at, modifiedDate: at },
          src: `data:${type};base64,${Buffer.from(content, 'utf8').toString('base64')}`,
        },
      ]),
    ),
  };
}

function head(statement: NamedStatement, words: Words, portalUrl: string | undefined): Content {
  const { person, year, area, account, recordedAt } = statement;
  const fact = (title: string, text: string): Content[] => [
    { text: `${title} `, color: FAINT },
    { text: `${text}${GAP}`, bold: true },
  ];
  const facts = [
    ...fact(words.name, printable(person.name)),
    ...fact(words.citizenNumber, printable(person.citizenNumber)),
    ...(recordedAt === undefined ? [] : fact(words.recordedUntil, chinaTime(recordedAt))),
    { text: account.closed ? words.state.closed : words.state.open, bold: true },
  ];
  return {
    columns: [
      {
        width: '*',
        stack: [
          { text: words.title, fontSize: 19, bold: true, color: BRAND },
          { text: words.subtitle(year, area), fontSize: 10, color: FAINT, margin: [0, 0, 0, 10] },
          { text: facts, fontSize: 9, preserveTrailingSpaces: true },
        ],
      },
      {
        width: 84,
        stack: [
          { qr: codeOf(statement, portalUrl), fit: 84, eccLevel: 'M', alignment: 'right' },
          { text: words.check, fontSize: 6.5, color: FAINT, alignment: 'right', margin: [0, 2, 4, 0] },
        ],
      },
    ],
  };
}

function tiles({ months, paid, account }: NamedStatement, words: Words): Content {
  const tile = (title: string, text: string): Content => ({
    stack: [
      { text: title, fontSize: 7.5, color: FAINT },
      { text, fontSize: 13, bold: true, color: INK },
    ],
  });
  const cells = [
    tile(words.tiles.months, String(months.length)),
    tile(words.tiles.allMonths, String(account.contributionMonths)),
    tile(words.tiles.employer, grouped(paid.employer)),
    tile(words.tiles.employee, grouped(paid.employee)),
    tile(words.tiles.balance, grouped(account.closing)),
  ];
  return {
    table: { widths: cells.map(() => '*'), body: [cells] },
    layout: {
      hLineWidth: () => 0.6,
      vLineWidth: (line) => (line === 0 || line === cells.length ? 0 : 0.3),
      hLineColor: () => RULE,
      vLineColor: () => RULE,
      paddingLeft: (column) => (column === 0 ? 0 : 10),
    },
    margin: [0, 6, 0, 6],
  };
}

/** The personal account from opening to closing, and beside it what the statement rests on. */
function foot(statement: NamedStatement, words: Words, proofs: readonly Attachment[] | undefined): Content {
  const { opening, provisional, credited, interest, closing, closed } = statement.account;
  const row = (title: string, amount: string, bold = false) => [
    { text: title, bold },
    { text: grouped(amount), alignment: 'right' as const, bold },
  ];
  const rare = notCovered([
    statement.person.name,
    ...Object.values(statement.employers),
    ...statement.corrections.map((each) => each.reason),
  ]);
  const note = (text: string): Content => ({ text, color: FAINT, fontSize: 7.5, margin: [0, 0, 0, 3] });
  return {
    columns: [
      {
        width: 300,
        stack: [
          { text: words.account, bold: true, color: BRAND, margin: [0, 0, 0, 3] },
          {
            table: {
              widths: ['*', 80],
              body: [
                row(words.opening(provisional), opening),
                row(words.credited, credited),
                ...(interest === undefined ? [] : [row(words.interest(percent(interest.rate)), interest.total)]),
                row(words.closing(closed), closing, true),
              ],
            },
            layout: { hLineWidth: () => 0.3, vLineWidth: () => 0, hLineColor: () => RULE, paddingLeft: () => 0 },
          },
        ],
      },
      {
        width: '*',
        margin: [28, 14, 0, 0],
        stack: [
          note(words.yuan),
          ...(interest === undefined ? [] : [note(`${words.basis}: ${printable(interest.parameter.legalBasis)}`)]),
          ...(rare.length === 0 ? [] : [note(words.rare(rare.join(' ')))]),
          note(words.attached),
          ...(proofs === undefined ? [] : [note(proofs.length > 0 ? words.proofs.attached : words.proofs.pending)]),
          note(words.law),
        ],
      },
    ],
    margin: [0, 10, 0, 0],
    unbreakable: true,
  };
}

function footer({ digest }: NamedStatement, words: Words, page: number, pages: number): Content {
  return {
    columns: [
      { text: `${words.digest}  ${digest}`, width: '*' },
      { text: words.page(page, pages), width: 'auto', alignment: 'right' },
    ],
    fontSize: 6.5,
    color: FAINT,
    margin: [32, 14, 32, 0],
  };
}

/** The day and minute in China (UTC+8), whatever the machine's own zone. */
function chinaTime(iso: string): string {
  return new Date(new Date(iso).getTime() + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
}
