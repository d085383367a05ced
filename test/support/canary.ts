import { citizenNumber } from './invented.js';

const NUMBER = citizenNumber(77);
const [PHONE, ACCOUNT, CARD] = ['13900077777', '6222000077777777', 'CARD-77777777'];

/** An identity whose every text stands nowhere else: everything personal that is entered, by where it is entered. */
export const CANARY = {
  name: '金丝雀甲',
  number: NUMBER,
  phone: PHONE,
  address: '金丝雀路七十七号',
  account: ACCOUNT,
  card: CARD,
  receiver: '金丝雀之友',
  contact: '金丝雀联系人',
  reason: '金丝雀更名之故',
  caseReason: '金丝雀申诉之由',
  remark: '金丝雀复核之言',
  title: '金丝雀来函',
  message: '金丝雀之问',
  notice: '金丝雀须知',
  file: '金丝雀.pdf',
  content: '%PDF-1.7 金丝雀的合同',
  borrower: '金丝雀借阅人',
  payer: '金丝雀汇款人',
  purpose: '金丝雀汇款用途',
} as const;

/** One of these stands in each of the canary's texts: where none of them is found, none of the texts is. */
export const MARKS: readonly string[] = ['金丝雀', NUMBER, PHONE, ACCOUNT, CARD];

/** A text that is not personal and goes the same ways: a search that does not find it proves nothing. */
export const CONTROL = '示例单位对照文字';

export const isMarked = (text: string): boolean => MARKS.some((mark) => text.includes(mark));
