import type { Fund } from '@provident/kernel';
import { type AccountCode, accountOf, detail } from '../chart-of-accounts.js';
import type { Form, FormLine, Share } from './form.js';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** One part of the form: what it took in, what it spent, and what it kept. The medical fund has two. */
interface Part {
  /** Prefix of its lines' ids. */
  readonly id: string;
  /** The detail under which its accounts are kept; all of them when absent. */
  readonly detail?: string;
  readonly income: Words;
  readonly expenditure: Words;
  readonly balance: Words;
  readonly incomeAccounts: readonly AccountCode[];
  readonly expenditureAccounts: readonly AccountCode[];
}

/** 收支表, 会社保02: 财会〔2017〕28号 part 4. Which accounts stand in it differs from fund to fund. */
export const INCOME_EXPENDITURE: Form = {
  number: '会社保02',
  zh: '收支表',
  en: 'Income and expenditure statement',
  lines: (fund) => (fund === 'employee-medical' ? medicalLines() : partLines(WHOLE[fund])),
};

/** Drawn up from debit and credit together; every other line from the turnover of the account's own side (part 5). */
const NET: readonly AccountCode[] = ['4001', '4202', '4301', '5001', '5201'];

const WHOLE_WORDS = {
  id: 'fund',
  income: { zh: '一、基金收入', en: 'I. Fund income' },
  expenditure: { zh: '二、基金支出', en: 'II. Fund expenditure' },
  balance: { zh: '三、本期基金结余', en: 'III. Balance of the period' },
} as const;

const WHOLE: Readonly<Record<Exclude<Fund, 'employee-medical'>, Part>> = {
  'employee-pension': {
    ...WHOLE_WORDS,
    incomeAccounts: ['4001', '4101', '4201', '4202', '4301', '4401', '4402', '4501'],
    expenditureAccounts: ['5001', '5201', '5301', '5302', '5401'],
  },
  unemployment: {
    ...WHOLE_WORDS,
    incomeAccounts: ['4001', '4101', '4201', '4301', '4401', '4402', '4501'],
    expenditureAccounts: ['5001', '5104', '5105', '5201', '5301', '5302', '5401'],
  },
  'work-injury': {
    ...WHOLE_WORDS,
    incomeAccounts: ['4001', '4101', '4201', '4401', '4402', '4501'],
    expenditureAccounts: ['5001', '5102', '5103', '5301', '5302', '5401'],
  },
};

const POOLED: Part = {
  id: 'pooled',
  detail: detail('pooled'),
  income: { zh: '一、统筹基金收入', en: 'I. Income of the pooled fund' },
  expenditure: { zh: '三、统筹基金支出', en: 'III. Expenditure of the pooled fund' },
  balance: { zh: '统筹基金结余', en: 'Balance of the pooled fund' },
  incomeAccounts: ['4001', '4101', '4201', '4401', '4402', '4501'],
  expenditureAccounts: ['5001', '5101', '5301', '5302', '5401'],
};

const PERSONAL: Part = {
  id: 'personal',
  detail: detail('personal'),
  income: { zh: '二、个人账户基金收入', en: 'II. Income of the personal account fund' },
  expenditure: { zh: '四、个人账户基金支出', en: 'IV. Expenditure of the personal account fund' },
  balance: { zh: '个人账户基金结余', en: 'Balance of the personal account fund' },
  incomeAccounts: ['4001', '4201', '4301', '4401', '4402', '4501'],
  expenditureAccounts: ['5001', '5201', '5301', '5302', '5401'],
};

function partLines(part: Part): FormLine[] {
  return [...incomeLines(part), ...expenditureLines(part), balanceLine(part, 0)];
}

function medicalLines(): FormLine[] {
  const pending: Share[] = [{ account: '4601' }, { account: '4602' }];
  return [
    ...[POOLED, PERSONAL].flatMap(incomeLines),
    ...[POOLED, PERSONAL].flatMap(expenditureLines),
    ...[POOLED, PERSONAL].map((part) => balanceLine(part, 1)),
    { id: 'pending', zh: '待转基金', en: 'Pending allocation', level: 1, figure: { kind: 'balance', of: pending } },
    {
      ...{ id: 'fund-balance', zh: '五、本期基金结余', en: 'V. Balance of the period', level: 0 },
      figure: { kind: 'sum', of: ['pooled-balance', 'personal-balance', 'pending'] },
    },
  ];
}

function incomeLines(part: Part): FormLine[] {
  return section(`${part.id}-income`, part.income, part.incomeAccounts, part.detail);
}

function expenditureLines(part: Part): FormLine[] {
  return section(`${part.id}-expenditure`, part.expenditure, part.expenditureAccounts, part.detail);
}

/** A total and, under it, the accounts that it is the sum of. */
function section(id: string, words: Words, accounts: readonly AccountCode[], under?: string): FormLine[] {
  const idOf = (account: AccountCode): string => `${id}-${account}`;
  return [
    { id, ...words, level: 0, figure: { kind: 'sum', of: accounts.map(idOf) } },
    ...accounts.map((account): FormLine => {
      const { zh = account, en = account } = accountOf(account) ?? {};
      const of: Share = under === undefined ? { account } : { account, detail: under };
      const measure = NET.includes(account) ? 'net' : 'own side';
      return { id: idOf(account), zh, en, level: 1, figure: { kind: 'flow', of, measure } };
    }),
  ];
}

function balanceLine({ id, balance }: Part, level: 0 | 1): FormLine {
  const figure = { kind: 'sum', of: [`${id}-income`], less: [`${id}-expenditure`] } as const;
  return { id: `${id}-balance`, ...balance, level, figure };
}
