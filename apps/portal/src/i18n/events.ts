import { dictionary } from './text.js';

/** What happened, by the name of the event. */
export const eventWords = dictionary({
  ContributionReceived: { zh: '收到保险费', en: 'Contributions received' },
  HeldReceiptApplied: { zh: '暂收款转保险费收入', en: 'Held money set against dues' },
  HeldReceiptRefunded: { zh: '暂收款退回', en: 'Held money refunded' },
  LateFeeCharged: { zh: '核定滞纳金', en: 'Late fee charged' },
  LateFeeReceived: { zh: '收到滞纳金', en: 'Late fees received' },
  HeldAppliedToLateFees: { zh: '暂收款转滞纳金收入', en: 'Held money set against late fees' },
  FineImposed: { zh: '处以罚款', en: 'Fine imposed' },
  FinePaid: { zh: '罚款缴入国库', en: 'Fine paid into the treasury' },
  FineRevoked: { zh: '撤销罚款', en: 'Fine revoked' },
  UnidentifiedReceiptHeld: { zh: '收到付款人不明的款项', en: 'Money without a known payer' },
  ReceiptIdentified: { zh: '查明付款人', en: 'Payer identified' },
  ContributionCredited: { zh: '记入个人账户', en: 'Credited to a personal account' },
  ContributionCreditReversed: { zh: '个人账户记账红字冲正', en: 'Credit reversed in red' },
  AccountInterestPosted: { zh: '个人账户计息', en: 'Interest on a personal account' },
  CreditConflictSettled: { zh: '重复缴费处理完毕', en: 'Month paid twice: settled' },
  AccountMergedFrom: { zh: '个人账户归并转入', en: 'Account of another identity merged in' },
  AccountMergedInto: { zh: '个人账户归并转出', en: 'Account merged into another one' },
  EmployerRegistered: { zh: '用人单位登记', en: 'Employer registered' },
  PersonRegistered: { zh: '参保人登记', en: 'Person registered' },
  PersonEnrolled: { zh: '参保', en: 'Person enrolled' },
  ContributionDeclared: { zh: '缴费申报', en: 'Contributions declared' },
  DuesAssessed: { zh: '核定应缴', en: 'Dues assessed' },
  ContributionMonthSettled: { zh: '当月缴清', en: 'Month settled' },
  YearClosed: { zh: '年度结转', en: 'Year closed' },
});
