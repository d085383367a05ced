import type { Sheet } from '@provident/files';
import { FUND_NAMES } from '@provident/kernel';
import type { FileLanguage } from '../workbook-answer.js';
import type { OpenReceipt } from './open-receipts.js';

const WORDS = {
  name: { zh: '待查暂收款', en: 'Unidentified receipts' },
  day: { zh: '到账日期', en: 'Value date' },
  fund: { zh: '基金', en: 'Fund' },
  payer: { zh: '付款人', en: 'Payer' },
  purpose: { zh: '用途', en: 'Purpose' },
  reference: { zh: '银行流水号', en: 'Bank reference' },
  voucher: { zh: '凭证号', en: 'Voucher' },
  amount: { zh: '金额（元）', en: 'Amount (yuan)' },
} as const;

/** Money that names no known payer, with the bank's own words, as a sheet. */
export function openReceiptsSheet(receipts: readonly OpenReceipt[], language: FileLanguage): Sheet {
  const say = (word: keyof typeof WORDS): string => WORDS[word][language];
  const text = (word: keyof typeof WORDS, width: number) => ({ header: say(word), width, kind: 'text' as const });
  return {
    name: say('name'),
    title: [say('name')],
    columns: [
      ...[text('day', 12), text('fund', 28), text('payer', 32), text('purpose', 32)],
      ...[text('reference', 22), text('voucher', 12), { header: say('amount'), width: 18, kind: 'amount' as const }],
    ],
    rows: receipts.map(({ valueDate, fund, payerName, purpose, bankReference, voucher, amount }) => ({
      cells: [
        ...[valueDate, FUND_NAMES[fund][language], payerName, purpose, bankReference],
        ...[voucher.toString(), amount.toString()],
      ],
    })),
  };
}
