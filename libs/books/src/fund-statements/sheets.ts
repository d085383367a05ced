import type { Sheet, SheetRow } from '@provident/files';
import { type BusinessDate, FUND_NAMES, type Fund } from '@provident/kernel';
import { yuan } from '../answer-fields.js';
import { accountOf, detailName } from '../chart-of-accounts.js';
import type { BookQueries, LinesQuestion, TrialBalanceRow } from '../queries.js';
import type { FileLanguage as Language } from '../workbook-answer.js';
import type { FundStatement, StatementQuestion } from './fund-statements.js';

/* What a fund's workbook has: the statements as the forms have them, the trial balance, an account's voucher lines. */

/** Lines that are asked of the database at a time. */
const LINES_AT_ONCE = 1_000;

const WORDS = {
  item: { zh: '项目', en: 'Item' },
  unit: { zh: '单位：元', en: 'in yuan' },
  asOf: { zh: '截至', en: 'As of' },
  knownAt: { zh: '已知至日志位置', en: 'as known at log position' },
  account: { zh: '科目', en: 'Account' },
  detail: { zh: '明细', en: 'Detail' },
  opening: { zh: '期初余额', en: 'Opening' },
  debit: { zh: '借方', en: 'Debit' },
  credit: { zh: '贷方', en: 'Credit' },
  closing: { zh: '期末余额', en: 'Closing' },
  trialBalance: { zh: '科目余额表', en: 'Trial balance' },
  lines: { zh: '凭证明细', en: 'Voucher lines' },
  day: { zh: '日期', en: 'Date' },
  voucher: { zh: '凭证号', en: 'Voucher' },
  template: { zh: '分录模板', en: 'Templates' },
  party: { zh: '对方', en: 'Party' },
} as const;

const amount = (header: string) => ({ header, width: 20, kind: 'amount' as const });
const text = (header: string, width: number) => ({ header, width, kind: 'text' as const });

export function statementSheet(statement: FundStatement, language: Language): Sheet {
  const { form, fund, columns, lines } = statement;
  return {
    name: form.number,
    title: [form[language], titleOf(fund, columns.at(-1)?.to ?? '', undefined, language)],
    columns: [text(WORDS.item[language], 44), ...columns.map((column) => amount(headingOf(column, language)))],
    rows: lines.map(
      ({ line, figures }): SheetRow => ({
        cells: [`${'\u3000'.repeat(line.level)}${line[language]}`, ...figures.map((each) => each.toString())],
        strong: line.level === 0,
      }),
    ),
  };
}

export function trialBalanceSheet(
  rows: readonly TrialBalanceRow[],
  { fund, asOf, knownAt }: StatementQuestion,
  language: Language,
): Sheet {
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  return {
    name: say('trialBalance'),
    title: [say('trialBalance'), titleOf(fund, asOf, knownAt, language)],
    columns: [
      ...[text(say('account'), 36), text(say('detail'), 28), amount(say('opening'))],
      ...[amount(say('debit')), amount(say('credit')), amount(say('closing'))],
    ],
    rows: rows.map(({ account, detail, opening, debit, credit, closing }) => ({
      cells: [
        ...[`${account.code} ${account[language]}`, detailName(detail)[language]],
        ...[opening, debit, credit, closing].map((each) => each.toString()),
      ],
    })),
  };
}

export function linesSheet(books: BookQueries, question: Omit<LinesQuestion, 'limit'>, language: Language): Sheet {
  const { fund, account, asOf, knownAt } = question;
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  return {
    name: say('lines'),
    title: [`${account} ${accountOf(account)?.[language] ?? ''}`, titleOf(fund, asOf ?? '', knownAt, language)],
    columns: [
      ...[text(say('day'), 12), text(say('voucher'), 14), text(say('detail'), 28), text(say('party'), 24)],
      ...[text(say('template'), 14), amount(say('debit')), amount(say('credit'))],
    ],
    rows: lineRows(books, question, language),
  };
}

async function* lineRows(
  books: BookQueries,
  question: Omit<LinesQuestion, 'limit'>,
  language: Language,
): AsyncGenerator<SheetRow> {
  let { after } = question;
  for (;;) {
    const page = await books.lines({ ...question, after, limit: LINES_AT_ONCE });
    for (const line of page) {
      const { position, detail, party, templates, effective_date: day, debit_fen: debit, credit_fen: credit } = line;
      yield {
        cells: [
          ...[day, position.toString(), detailName(detail)[language], party ?? '', templates],
          ...[debit, credit].map(yuan),
        ],
      };
    }
    const last = page.at(-1);
    if (last === undefined || page.length < LINES_AT_ONCE) return;
    after = last;
  }
}

function titleOf(fund: Fund, asOf: BusinessDate | '', knownAt: bigint | undefined, language: Language): string {
  const known = knownAt === undefined ? [] : [`${WORDS.knownAt[language]} ${knownAt}`];
  return [FUND_NAMES[fund][language], `${WORDS.asOf[language]} ${asOf}`, ...known, WORDS.unit[language]].join('  ');
}

function headingOf(column: FundStatement['columns'][number], language: Language): string {
  const days = column.from === undefined ? column.to : `${column.from} – ${column.to}`;
  return `${column[language]} (${days})`;
}
