import type { FundPosition, Verification } from '@provident/books';
import { FUND_NAMES } from '@provident/kernel';
import { grouped, table } from './table.js';

/** Every fund's position at the end of a day. */
export function fundsText(title: string, positions: readonly FundPosition[]): string {
  const rows = positions.map((each) => [
    FUND_NAMES[each.fund].zh,
    ...[each.assets, each.liabilities, each.netAssets, each.income, each.expenditure].map((amount) =>
      grouped(amount.toString()),
    ),
  ]);
  const columns = [
    { title: '基金 fund' },
    { title: '资产 assets', align: 'right' as const },
    { title: '负债 liabilities', align: 'right' as const },
    { title: '净资产 net assets', align: 'right' as const },
    { title: '收入 income', align: 'right' as const },
    { title: '支出 expenditure', align: 'right' as const },
  ];
  return `${title}\n${table(columns, rows)}`;
}

/** The result of an examination of the books. */
export function verificationText(result: Verification, differing: readonly string[] | undefined): string {
  const lines = [
    `Vouchers examined: ${result.vouchers}; personal accounts: ${result.personalAccounts}.`,
    ...result.findings.map((each) => `${each.severity === 'error' ? '✗' : 'ⓘ'} ${each.check}: ${each.text}`),
  ];
  if (differing !== undefined) {
    lines.push(
      differing.length === 0
        ? '✓ Replaying the log gives every table again: all digests are equal.'
        : `✗ Replaying the log gives other rows in: ${differing.join(', ')}.`,
    );
  }
  lines.push(result.clean ? '✓ Books balanced, control totals tie.' : '✗ The books have errors.');
  return lines.join('\n');
}
