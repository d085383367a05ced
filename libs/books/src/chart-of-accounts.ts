/** What an account is, which decides where it stands in the statements. Memorandum accounts stand in none of them. */
export type AccountClass = 'asset' | 'liability' | 'net-assets' | 'income' | 'expense' | 'memorandum';
export type Side = 'debit' | 'credit';

export interface Account {
  readonly code: string;
  readonly class: AccountClass;
  /** The side on which the account normally has its balance; balances are given on that side. */
  readonly normalSide: Side;
  readonly zh: string;
  readonly en: string;
}

/** The statutory accounts: 社会保险基金会计制度, 财会〔2017〕28号, part 2, in its order. */
const STATUTORY = [
  { code: '1001', class: 'asset', normalSide: 'debit', zh: '库存现金', en: 'Cash on hand' },
  { code: '1002', class: 'asset', normalSide: 'debit', zh: '收入户存款', en: 'Income-account deposits' },
  { code: '1003', class: 'asset', normalSide: 'debit', zh: '财政专户存款', en: 'Fiscal special account deposits' },
  { code: '1004', class: 'asset', normalSide: 'debit', zh: '支出户存款', en: 'Expenditure-account deposits' },
  { code: '1005', class: 'asset', normalSide: 'debit', zh: '国库存款', en: 'Treasury deposits (tax-collected)' },
  { code: '1101', class: 'asset', normalSide: 'debit', zh: '暂付款', en: 'Temporary payments / advances' },
  {
    code: '1201',
    class: 'asset',
    normalSide: 'debit',
    zh: '债券投资',
    en: 'Bond investments (treasury bonds at cost)',
  },
  { code: '1202', class: 'asset', normalSide: 'debit', zh: '委托投资', en: 'Entrusted investment' },
  { code: '2001', class: 'liability', normalSide: 'credit', zh: '暂收款', en: 'Temporary receipts' },
  { code: '2101', class: 'liability', normalSide: 'credit', zh: '借入款项', en: 'Borrowings' },
  { code: '3001', class: 'net-assets', normalSide: 'credit', zh: '一般基金结余', en: 'General fund balance' },
  { code: '3101', class: 'net-assets', normalSide: 'credit', zh: '风险基金结余', en: 'Risk fund balance' },
  { code: '3201', class: 'net-assets', normalSide: 'credit', zh: '储备金结余', en: 'Reserve balance' },
  { code: '4001', class: 'income', normalSide: 'credit', zh: '社会保险费收入', en: 'Contribution income' },
  { code: '4101', class: 'income', normalSide: 'credit', zh: '财政补贴收入', en: 'Fiscal subsidy income' },
  { code: '4102', class: 'income', normalSide: 'credit', zh: '集体补助收入', en: 'Collective subsidy income' },
  { code: '4201', class: 'income', normalSide: 'credit', zh: '利息收入', en: 'Interest income' },
  { code: '4202', class: 'income', normalSide: 'credit', zh: '委托投资收益', en: 'Entrusted investment income' },
  { code: '4301', class: 'income', normalSide: 'credit', zh: '转移收入', en: 'Transfer-in income' },
  { code: '4401', class: 'income', normalSide: 'credit', zh: '上级补助收入', en: 'Subsidy income from upper level' },
  { code: '4402', class: 'income', normalSide: 'credit', zh: '下级上解收入', en: 'Income remitted by lower level' },
  { code: '4501', class: 'income', normalSide: 'credit', zh: '其他收入', en: 'Other income' },
  {
    code: '4601',
    class: 'income',
    normalSide: 'credit',
    zh: '待转社会保险费收入',
    en: 'Contribution income pending allocation',
  },
  { code: '4602', class: 'income', normalSide: 'credit', zh: '待转利息收入', en: 'Interest income pending allocation' },
  { code: '5001', class: 'expense', normalSide: 'debit', zh: '社会保险待遇支出', en: 'Benefit expenditure' },
  {
    code: '5101',
    class: 'expense',
    normalSide: 'debit',
    zh: '大病保险支出',
    en: 'Critical-illness insurance expenditure',
  },
  {
    code: '5102',
    class: 'expense',
    normalSide: 'debit',
    zh: '劳动能力鉴定支出',
    en: 'Labour-capacity appraisal expenditure',
  },
  {
    code: '5103',
    class: 'expense',
    normalSide: 'debit',
    zh: '工伤预防费用支出',
    en: 'Work-injury prevention expenditure',
  },
  {
    code: '5104',
    class: 'expense',
    normalSide: 'debit',
    zh: '稳定岗位补贴支出',
    en: 'Job-stabilisation subsidy expenditure',
  },
  {
    code: '5105',
    class: 'expense',
    normalSide: 'debit',
    zh: '技能提升补贴支出',
    en: 'Skill-upgrade subsidy expenditure',
  },
  { code: '5201', class: 'expense', normalSide: 'debit', zh: '转移支出', en: 'Transfer-out expenditure' },
  { code: '5301', class: 'expense', normalSide: 'debit', zh: '上解上级支出', en: 'Remittance to upper level' },
  { code: '5302', class: 'expense', normalSide: 'debit', zh: '补助下级支出', en: 'Subsidy to lower level' },
  { code: '5401', class: 'expense', normalSide: 'debit', zh: '其他支出', en: 'Other expenditure' },
] as const satisfies readonly Account[];

/**
 * Accounts of ours for what the law wants recorded but no fund owns: the pension personal accounts (个人账户) are a record
 * of rights, not money set apart. Kept in double entry, so that they add up to a control figure, and outside the statutory
 * statements (备查).
 */
const MEMORANDUM = [
  { code: 'B001', class: 'memorandum', normalSide: 'debit', zh: '个人账户记账对应', en: 'Personal accounts, contra' },
  { code: 'B002', class: 'memorandum', normalSide: 'credit', zh: '个人账户储存额', en: 'Personal accounts, control' },
] as const satisfies readonly Account[];

export const CHART: readonly Account[] = [...STATUTORY, ...MEMORANDUM];
export type AccountCode = (typeof STATUTORY)[number]['code'] | (typeof MEMORANDUM)[number]['code'];

const BY_CODE: ReadonlyMap<string, Account> = new Map(CHART.map((account) => [account.code, account]));

export function accountOf(code: string): Account | undefined {
  return BY_CODE.get(code);
}

/** Parts that details (明细) are made of, joined by a dot: `pooled.employer.current`. */
const DETAIL_NAMES = {
  pooled: { zh: '统筹基金', en: 'pooled fund' },
  personal: { zh: '个人账户基金', en: 'personal account fund' },
  employer: { zh: '单位缴费', en: 'employers' },
  employee: { zh: '个人缴费', en: 'employees' },
  current: { zh: '当期', en: 'current' },
  late: { zh: '清欠', en: 'arrears paid' },
  unidentified: { zh: '待查', en: 'unidentified' },
  held: { zh: '多缴待抵', en: 'held for the payer' },
  'late-fee': { zh: '滞纳金', en: 'late fees' },
  principal: { zh: '缴费记账', en: 'contributions' },
  interest: { zh: '记账利息', en: 'interest' },
  'entrusted-up': { zh: '委托上级投资', en: 'entrusted to the upper level' },
  'entrusted-down': { zh: '下级归集委托投资', en: 'gathered from lower levels for investment' },
  'out-of-area': { zh: '异地就医', en: 'care in other areas' },
} as const;
export type DetailPart = keyof typeof DETAIL_NAMES;

export function detail(...parts: readonly DetailPart[]): string {
  return parts.join('.');
}

/** The detail in words, as the system wants it shown: never a code alone (财会〔2017〕28号, part 1, 十). */
export function detailName(text: string): { zh: string; en: string } {
  const names = text === '' ? [] : text.split('.').map((part) => DETAIL_NAMES[part as DetailPart]);
  return { zh: names.map((name) => name.zh).join('－'), en: names.map((name) => name.en).join(', ') };
}
