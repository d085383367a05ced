import { BookQueries } from '@provident/books';
import { accountOf, detailName } from '@provident/books/chart-of-accounts';
import { HOUSE_TEMPLATES } from '@provident/books/posting-rules';
import { FUND_NAMES, Money } from '@provident/kernel';
import type { SupervisionDatabase } from '../database.js';
import { eventHead } from './event-head.js';
import { type Explanation, type Fact, fact, type Page, pageOf } from './explanation.js';

const HOUSE: Readonly<Record<string, string | undefined>> = HOUSE_TEMPLATES;

/** A voucher: its lines, the template that made them, who entered, reviewed and approved it, and the event that it books. */
export async function explainVoucher(db: SupervisionDatabase, position: bigint, page: Page): Promise<Explanation> {
  const found = await new BookQueries(db).voucher(position);
  const templates = found.templates.split('+');
  return {
    address: `voucher:${position}`,
    kind: 'voucher',
    title: { zh: `凭证 ${position}`, en: `Voucher ${position}` },
    value: { text: Money.fromFen(found.total_fen).toString(), unit: 'yuan' },
    facts: [
      ...fact('基金', 'fund', FUND_NAMES[found.fund as keyof typeof FUND_NAMES].zh),
      ...fact('生效日', 'effective', found.effective_date),
      ...found.lines.map(lineFact),
      ...fact('对方', 'party', found.party),
      ...fact('经办', 'entered by', found.entered_by),
      ...fact('复核', 'reviewed by', found.reviewed_by),
      ...fact('审批', 'approved by', found.approved_by),
    ],
    rule: {
      text: templates.map((each) => HOUSE[each] ?? `分录模板 ${each}`).join('; '),
      basis: '《社会保险基金会计制度》 财会〔2017〕28号',
    },
    ...pageOf([await eventHead(db, position)], page),
  };
}

function lineFact(line: { account: string; detail: string; debit_fen: bigint; credit_fen: bigint }): Fact {
  const isDebit = line.debit_fen !== 0n;
  const account = accountOf(line.account);
  const detail = detailName(line.detail);
  const amount = Money.fromFen(isDebit ? line.debit_fen : line.credit_fen).toString();
  return {
    zh: `${isDebit ? '借' : '贷'} ${line.account} ${account?.zh ?? ''} ${detail.zh}`.trimEnd(),
    en: `${isDebit ? 'debit' : 'credit'} ${line.account} ${account?.en ?? ''} ${detail.en}`.trimEnd(),
    value: amount,
  };
}
