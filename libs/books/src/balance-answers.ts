import { ApiProperty } from '@nestjs/swagger';
import { FUND_NAMES } from '@provident/kernel';
import { Amount, Named, Text, namedAccount, namedDetail } from './answer-fields.js';
import type { FundPosition, TrialBalanceRow } from './queries.js';

export class TrialBalanceRowAnswer {
  @Text('fund', 'employee-pension')
  fund: string;
  @ApiProperty({ type: Named })
  account: Named;
  @ApiProperty({ type: Named, description: '明细' })
  detail: Named;
  @Amount("on the account's normal side")
  opening: string;
  @Amount()
  debit: string;
  @Amount()
  credit: string;
  @Amount("on the account's normal side")
  closing: string;

  static of({ fund, account, detail, opening, debit, credit, closing }: TrialBalanceRow): TrialBalanceRowAnswer {
    return {
      ...{ fund, account: namedAccount(account), detail: namedDetail(detail) },
      ...{ opening: opening.toString(), debit: debit.toString() },
      ...{ credit: credit.toString(), closing: closing.toString() },
    };
  }
}

class FundLineAnswer {
  @ApiProperty({ type: Named })
  account: Named;
  @Text('class of the account', 'asset')
  class: string;
  @Amount()
  balance: string;
}

export class FundPositionAnswer {
  @ApiProperty({ type: Named })
  fund: Named;
  @Amount('资产')
  assets: string;
  @Amount('负债')
  liabilities: string;
  @Amount('净资产, with income and expenditure not yet closed')
  netAssets: string;
  @Amount('基金收入')
  income: string;
  @Amount('基金支出')
  expenditure: string;
  @ApiProperty({ type: [FundLineAnswer] })
  lines: FundLineAnswer[];

  static of({ fund, assets, liabilities, netAssets, income, expenditure, lines }: FundPosition): FundPositionAnswer {
    return {
      fund: { code: fund, ...FUND_NAMES[fund] },
      ...{ assets: assets.toString(), liabilities: liabilities.toString(), netAssets: netAssets.toString() },
      ...{ income: income.toString(), expenditure: expenditure.toString() },
      lines: lines.map(({ account, balance }) => ({
        ...{ account: namedAccount(account), class: account.class, balance: balance.toString() },
      })),
    };
  }
}

export class BalanceAnswer {
  @Text('fund', 'employee-pension')
  fund: string;
  @Text('account', '1002')
  account: string;
  @Amount("on the account's normal side")
  balance: string;
}
