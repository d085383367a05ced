import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { FUND_NAMES } from '@provident/kernel';
import { Amount, Named, Text } from '../answer-fields.js';
import type { DrawnLine } from './drawn-up.js';
import type { Figure, Share } from './form.js';
import type { FundMonth, FundStatement } from './fund-statements.js';

class StatementColumnAnswer {
  @Text('Chinese heading', '本月数')
  zh: string;
  @Text('English heading', 'This month')
  en: string;
  @ApiPropertyOptional({ type: String, format: 'date', description: 'first day; absent for what stood at a day’s end' })
  from?: string;
  @ApiProperty({ type: String, format: 'date', description: 'last day' })
  to: string;
}

class LineSourceAnswer {
  @Text('account', '4001')
  account: string;
  @ApiPropertyOptional({ description: 'details that begin with this; all when absent', example: 'pooled' })
  detail?: string;
}

class StatementLineAnswer {
  @Text('id of the line in its form', 'fund-income')
  id: string;
  @Text('Chinese name', '社会保险费收入')
  zh: string;
  @Text('English name', 'Contribution income')
  en: string;
  @ApiProperty({ enum: [0, 1, 2], description: '0 a total, 1 a line, 2 a part of the line above that no total counts' })
  level: 0 | 1 | 2;
  @ApiProperty({ type: [String], description: 'yuan, one per column', example: ['1234.56', '0.00'] })
  figures: string[];
  @ApiProperty({ type: [LineSourceAnswer], description: 'where it is drawn from; none for totals' })
  sources: LineSourceAnswer[];

  static of({ line: { id, zh, en, level, figure }, figures }: DrawnLine): StatementLineAnswer {
    const sources = sharesOf(figure).map(({ account, detail }) => ({
      account,
      ...(detail === undefined ? {} : { detail }),
    }));
    return { id, zh, en, level, figures: figures.map((each) => each.toString()), sources };
  }
}

export class FundStatementAnswer {
  @Text('number of the form', '会社保01')
  form: string;
  @Text('Chinese title', '资产负债表')
  zh: string;
  @Text('English title', 'Balance sheet')
  en: string;
  @ApiProperty({ type: Named })
  fund: Named;
  @ApiProperty({ type: [StatementColumnAnswer] })
  columns: StatementColumnAnswer[];
  @ApiProperty({ type: [StatementLineAnswer] })
  lines: StatementLineAnswer[];

  static of({ form, fund, columns, lines }: FundStatement): FundStatementAnswer {
    return {
      ...{ form: form.number, zh: form.zh, en: form.en, fund: { code: fund, ...FUND_NAMES[fund] } },
      columns: columns.map((column) => ({ ...column })),
      lines: lines.map((line) => StatementLineAnswer.of(line)),
    };
  }
}

export class FundMonthAnswer {
  @Text('month', '2025-07')
  month: string;
  @Amount('基金收入')
  income: string;
  @Amount('基金支出')
  expenditure: string;
  @Amount('net assets at the end of the month')
  balance: string;

  static of({ month, income, expenditure, balance }: FundMonth): FundMonthAnswer {
    return {
      ...{ month, income: income.toString() },
      ...{ expenditure: expenditure.toString(), balance: balance.toString() },
    };
  }
}

function sharesOf(figure: Figure): readonly Share[] {
  if (figure.kind === 'sum') return [];
  return figure.kind === 'flow' ? [figure.of] : [...figure.of, ...(figure.less ?? [])];
}
