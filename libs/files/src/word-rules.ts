import { type Fund, FUND_NAMES, FUNDS, type Scheme, SCHEME_NAMES, SCHEMES } from '@provident/kernel';
import { Refusal, type Rule } from './row-cells.js';

/** How a person stands in a declaration: stays, joined this month, or left after the month before. */
export type Change = 'stay' | 'join' | 'leave';

const CHANGES: Readonly<Record<string, Change>> = { 增员: 'join', join: 'join', 减员: 'leave', leave: 'leave' };

export const change: Rule<Change> = (text) =>
  CHANGES[text.toLowerCase()] ??
  new Refusal(
    'change-unknown',
    'The change is not known. Leave it blank for a person who stays; write 增员 (join) or 减员 (leave) otherwise.',
  );

/** What a receipt is for. */
export type ReceiptKind = 'contribution' | 'late-fee';

const RECEIPT_KINDS: Readonly<Record<string, ReceiptKind>> = {
  ...{ 保险费: 'contribution', 社会保险费: 'contribution', contribution: 'contribution' },
  ...{ 滞纳金: 'late-fee', 'late-fee': 'late-fee' },
};

export const receiptKind: Rule<ReceiptKind> = (text) =>
  RECEIPT_KINDS[text.toLowerCase()] ??
  new Refusal(
    'receipt-kind-unknown',
    'What the money is for is not known. Write 保险费 (contribution) or 滞纳金 (late-fee); blank is 保险费. ' +
      'Fines (罚款) go to the treasury and are no money of a fund.',
  );

/** Short names in use beside the full ones ("基本养老保险", "pension"). */
const SHORT_SCHEMES: Readonly<Record<Scheme, string>> = {
  pension: '养老',
  medical: '医疗',
  maternity: '生育',
  unemployment: '失业',
  'work-injury': '工伤',
};

const SCHEME_WORDS = new Map<string, Scheme>(
  SCHEMES.flatMap((scheme) =>
    [scheme, SCHEME_NAMES[scheme].zh, SHORT_SCHEMES[scheme], `${SHORT_SCHEMES[scheme]}保险`].map(
      (word): [string, Scheme] => [word, scheme],
    ),
  ),
);

/** Schemes, separated by 、 ； ; | or a comma, each once; in the order of the statute, whatever the cell's order. */
export const schemes: Rule<readonly Scheme[]> = (text) => {
  const read = new Set<Scheme>();
  for (const word of text.split(/[、；;|,，]/)) {
    const scheme = SCHEME_WORDS.get(word.trim().toLowerCase());
    if (scheme === undefined) {
      const known = SCHEMES.map((each) => `${SHORT_SCHEMES[each]} (${each})`).join(', ');
      return new Refusal(
        'scheme-unknown',
        `"${word.trim().slice(0, 20)}" is no scheme. Known are ${known}, joined by 、.`,
      );
    }
    if (read.has(scheme)) return new Refusal('scheme-twice', `${scheme} is named twice. Name every scheme once.`);
    read.add(scheme);
  }
  return SCHEMES.filter((scheme) => read.has(scheme));
};

/** How a scheme list is written, so that `schemes` reads it back. */
export function schemesText(of: readonly Scheme[]): string {
  return of.map((scheme) => SHORT_SCHEMES[scheme]).join('、');
}

const SHORT_FUNDS: Readonly<Record<Fund, readonly string[]>> = {
  'employee-pension': ['pension', '养老', '养老保险', '基本养老保险', '养老保险基金'],
  'employee-medical': ['medical', '医疗', '医疗保险', '基本医疗保险', '医疗保险基金'],
  unemployment: ['失业', '失业保险'],
  'work-injury': ['工伤', '工伤保险'],
};

const FUND_WORDS = new Map<string, Fund>(
  FUNDS.flatMap((fund) =>
    [fund, FUND_NAMES[fund].zh, ...SHORT_FUNDS[fund]].map((word): [string, Fund] => [word, fund]),
  ),
);

export const fund: Rule<Fund> = (text) =>
  FUND_WORDS.get(text.toLowerCase()) ??
  new Refusal(
    'fund-unknown',
    'The fund is not known. Write 养老 (pension), 医疗 (medical), 失业 (unemployment) or 工伤 (work-injury): ' +
      'every receipt belongs to one fund.',
  );
