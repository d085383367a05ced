import type { Fund } from '@provident/kernel';
import { type AccountClass, type AccountCode, CHART, detail } from '../chart-of-accounts.js';
import type { Figure, Form, FormLine, Share } from './form.js';

/** 资产负债表, 会社保01: 财会〔2017〕28号 part 4; the lines in the form's order, those of other funds left out. */
export const BALANCE_SHEET: Form = {
  number: '会社保01',
  zh: '资产负债表',
  en: 'Balance sheet',
  lines: (fund) => [...assets(fund), ...liabilities(fund), ...netAssets(fund)],
};

function assets(fund: Fund): FormLine[] {
  const isPension = fund === 'employee-pension';
  const isMedical = fund === 'employee-medical';
  const upper = { account: '1101', detail: detail('entrusted-up') } as const;
  const prepaid = { account: '1101', detail: detail('out-of-area') } as const;
  return [
    line('cash', '库存现金', 'Cash on hand', '1001'),
    line('income-account', '收入户存款', 'Income-account deposits', '1002'),
    line('special-account', '财政专户存款', 'Fiscal special account deposits', '1003'),
    line('expenditure-account', '支出户存款', 'Expenditure-account deposits', '1004'),
    line('treasury', '国库存款', 'Treasury deposits', '1005'),
    line('advances', '暂付款', 'Temporary payments', '1101'),
    ...(isPension ? [part('entrusted-up', '其中：委托上级投资', 'of which entrusted to the upper level', upper)] : []),
    ...(isMedical ? [part('prepaid', '其中：异地就医预付金', 'of which prepaid for care elsewhere', prepaid)] : []),
    line('bonds', '债券投资', 'Bond investments', '1201'),
    ...(isPension ? [line('entrusted', '委托投资', 'Entrusted investment', '1202')] : []),
    total('assets', '资产总计', 'Total assets', [
      ...['cash', 'income-account', 'special-account', 'expenditure-account', 'treasury', 'advances', 'bonds'],
      ...(isPension ? ['entrusted'] : []),
    ]),
  ];
}

function liabilities(fund: Fund): FormLine[] {
  const lower = { account: '2001', detail: detail('entrusted-down') } as const;
  const elsewhere = { account: '2001', detail: detail('out-of-area') } as const;
  return [
    line('temporary-receipts', '暂收款', 'Temporary receipts', '2001'),
    ...(fund === 'employee-pension'
      ? [part('entrusted-down', '其中：下级归集委托投资', 'of which gathered from lower levels', lower)]
      : []),
    ...(fund === 'employee-medical'
      ? [part('elsewhere', '其中：异地就医资金', 'of which for care elsewhere', elsewhere)]
      : []),
    line('borrowings', '借入款项', 'Borrowings', '2101'),
    total('liabilities', '负债合计', 'Total liabilities', ['temporary-receipts', 'borrowings']),
  ];
}

function netAssets(fund: Fund): FormLine[] {
  const reserve = fund === 'work-injury' ? [line('reserve', '储备金结余', 'Reserve balance', '3201')] : [];
  return [
    { id: 'general', zh: '一般基金结余', en: 'General fund balance', level: 1, figure: generalBalance() },
    ...(fund === 'employee-medical' ? medicalParts() : []),
    ...reserve,
    total('net-assets', '净资产合计', 'Total net assets', ['general', ...reserve.map(({ id }) => id)]),
    total('liabilities-and-net-assets', '负债与净资产总计', 'Total liabilities and net assets', [
      ...['liabilities', 'net-assets'],
    ]),
  ];
}

/** （一）…（三）: the employees' medical fund tells the pooled part from the personal one, and what is not yet allocated. */
function medicalParts(): FormLine[] {
  const pending: Figure = { kind: 'balance', of: [{ account: '4601' }, { account: '4602' }] };
  return [
    { id: 'pooled', zh: '（一）统筹基金', en: '(1) pooled fund', level: 2, figure: generalBalance(detail('pooled')) },
    {
      ...{ id: 'personal', zh: '（二）个人账户基金', en: '(2) personal account fund', level: 2 },
      figure: generalBalance(detail('personal')),
    },
    { id: 'pending', zh: '（三）待转基金', en: '(3) pending allocation', level: 2, figure: pending },
  ];
}

/** What the fund has of its own: what was carried over, and income less expenditure not yet carried over (期末结转). */
function generalBalance(under?: string): Figure {
  const share = (account: AccountCode): Share => (under === undefined ? { account } : { account, detail: under });
  const isPending = (account: AccountCode): boolean => account === '4601' || account === '4602';
  const income = codesOf('income').filter((each) => under === undefined || !isPending(each));
  return { kind: 'balance', of: ['3001' as const, ...income].map(share), less: codesOf('expense').map(share) };
}

function codesOf(wanted: AccountClass): AccountCode[] {
  return CHART.filter((account) => account.class === wanted).map((account) => account.code as AccountCode);
}

function line(id: string, zh: string, en: string, account: AccountCode): FormLine {
  return { id, zh, en, level: 1, figure: { kind: 'balance', of: [{ account }] } };
}

function part(id: string, zh: string, en: string, share: Share): FormLine {
  return { id, zh, en, level: 2, figure: { kind: 'balance', of: [share] } };
}

function total(id: string, zh: string, en: string, of: readonly string[]): FormLine {
  return { id, zh, en, level: 0, figure: { kind: 'sum', of } };
}
