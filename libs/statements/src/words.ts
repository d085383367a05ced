import type { Payer, Scheme } from '@provident/kernel';

export const LANGUAGES = ['zh', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** A printed statement's own words, by the field's terms (GB/T 31596). */
export interface Words {
  readonly title: string;
  readonly subtitle: (year: number, area: string) => string;
  readonly name: string;
  readonly citizenNumber: string;
  readonly recordedUntil: string;
  readonly state: { readonly closed: string; readonly open: string };
  readonly tiles: Readonly<Record<'months' | 'allMonths' | 'employer' | 'employee' | 'balance', string>>;
  readonly month: string;
  readonly employer: string;
  readonly base: string;
  readonly schemes: Readonly<Record<Scheme, string>>;
  readonly payers: Readonly<Record<Payer, string>>;
  readonly sum: string;
  readonly toAccount: string;
  readonly creditedOn: string;
  readonly total: string;
  readonly none: string;
  readonly corrections: string;
  readonly account: string;
  readonly opening: (provisional: boolean) => string;
  readonly credited: string;
  readonly interest: (rate: string) => string;
  readonly closing: (closed: boolean) => string;
  readonly basis: string;
  readonly check: string;
  readonly digest: string;
  readonly attached: string;
  /** Said where statements can be proven: whether this one is, or will be. */
  readonly proofs: { readonly attached: string; readonly pending: string };
  readonly rare: (codes: string) => string;
  readonly law: string;
  readonly page: (page: number, pages: number) => string;
  readonly yuan: string;
}

const zh: Words = {
  title: '社会保险个人权益记录单',
  subtitle: (year, area) => `${year} 年度 · 统筹区 ${area}`,
  name: '姓名',
  citizenNumber: '公民身份号码',
  recordedUntil: '记录截至',
  state: { closed: '本年度已结息', open: '本年度尚未结息' },
  tiles: {
    months: '本年缴费月数',
    allMonths: '累计缴费月数',
    employer: '单位缴费（元）',
    employee: '个人缴费（元）',
    balance: '个人账户储存额（元）',
  },
  month: '月份',
  employer: '缴费单位',
  base: '缴费基数',
  schemes: { pension: '基本养老', medical: '基本医疗', maternity: '生育', unemployment: '失业', 'work-injury': '工伤' },
  payers: { employer: '单位', employee: '个人' },
  sum: '合计',
  toAccount: '记入账户',
  creditedOn: '记账日期',
  total: '全年合计',
  none: '本年度没有已记入的缴费月份。',
  corrections: '更正（红字冲正）',
  account: '基本养老保险个人账户',
  opening: (provisional) => (provisional ? '年初储存额（上年利息未记，暂估）' : '年初储存额'),
  credited: '本年记入',
  interest: (rate) => `本年利息（记账利率 ${rate}）`,
  closing: (closed) => (closed ? '年末储存额' : '截至目前储存额（未含利息）'),
  basis: '利率依据',
  check: '扫码核对',
  digest: '记录摘要 SHA-256',
  attached: '本文件内嵌 JSON 附件：全部数据及其在账本中的位置。',
  proofs: {
    attached: '另附每条记录的证明，可用公开的验证程序脱机验证。',
    pending: '最近的记录尚未列入签名检查点，本单暂无证明；稍后重新下载即附。',
  },
  rare: (codes) => `字体未收录的字以其国际编码表示：${codes}；附件中为原字。`,
  law: '依据《社会保险法》第四条、第七十四条和《社会保险个人权益记录管理办法》。如有异议，可向经办机构申请核查。',
  page: (page, pages) => `第 ${page} 页，共 ${pages} 页`,
  yuan: '金额单位：元',
};

const en: Words = {
  title: 'Statement of social insurance rights',
  subtitle: (year, area) => `个人权益记录单 · year ${year} · pooling area ${area}`,
  name: 'Name',
  citizenNumber: 'Citizen number',
  recordedUntil: 'Recorded until',
  state: { closed: 'Year closed, interest posted', open: 'Year open, interest not posted' },
  tiles: {
    months: 'Months paid this year',
    allMonths: 'Months paid in all',
    employer: 'Paid by employers (yuan)',
    employee: 'Paid by you (yuan)',
    balance: 'Personal account (yuan)',
  },
  month: 'Month',
  employer: 'Employer',
  base: 'Base',
  schemes: {
    pension: 'Pension',
    medical: 'Medical',
    maternity: 'Maternity',
    unemployment: 'Unemployment',
    'work-injury': 'Work injury',
  },
  payers: { employer: 'employer', employee: 'you' },
  sum: 'Sum',
  toAccount: 'To account',
  creditedOn: 'Credited on',
  total: 'Year',
  none: 'No contribution month is on record for this year.',
  corrections: 'Corrections (reversed in red)',
  account: 'Personal account of the basic pension insurance',
  opening: (provisional) => (provisional ? 'Opening balance (interest of an earlier year is open)' : 'Opening balance'),
  credited: 'Credited this year',
  interest: (rate) => `Interest at the record rate ${rate}`,
  closing: (closed) => (closed ? 'Closing balance' : 'Balance to date (without interest)'),
  basis: 'Basis of the rate',
  check: 'Scan to compare',
  digest: 'Digest of the record, SHA-256',
  attached: 'Attached inside this file as JSON: all data with their places in the ledger.',
  proofs: {
    attached: 'Attached as well: the proof of every entry, to be checked offline by the public verifier.',
    pending: 'The newest entry waits for a signed checkpoint, so no proof is attached; download it again later.',
  },
  rare: (codes) =>
    `Characters that the typeface lacks stand as their codes: ${codes}; the attachment has them themselves.`,
  law: 'Social Insurance Law, articles 4 and 74; Measures for the records of personal rights (社会保险个人权益记录管理办法). If you disagree, ask the agency to look into it.',
  page: (page, pages) => `Page ${page} of ${pages}`,
  yuan: 'Amounts in yuan',
};

export const WORDS: Readonly<Record<Language, Words>> = { zh, en };
