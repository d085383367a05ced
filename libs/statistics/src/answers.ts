import { ApiProperty } from '@nestjs/swagger';
import { FUND_NAMES, SCHEME_NAMES } from '@provident/kernel';
import { INDICATORS } from './definitions.js';
import type { FundFigures, MonthlyStatistics, SchemeFigures } from './queries.js';

const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });

class FiguresAnswer {
  @Text('参保人数', '2000')
  participants: string;
  @Text('缴费人数', '1990')
  payers: string;
  @Text('应缴, yuan', '1234.56')
  due: string;
  @Text('实缴, yuan', '1234.56')
  received: string;
  @Text('其中：清欠, yuan', '0.00')
  receivedLate: string;
  @Text('欠费, yuan', '0.00')
  arrears: string;
  @ApiProperty({ type: String, nullable: true, description: '征缴率; null where nothing is due', example: '0.9876' })
  collectionRate: string | null;
}

class SchemeFiguresAnswer extends FiguresAnswer {
  @Text('scheme', 'pension')
  scheme: string;
  @Text('Chinese name', '基本养老保险')
  zh: string;
  @Text('English name', 'Basic pension')
  en: string;
}

class FundFiguresAnswer {
  @Text('fund', 'employee-pension')
  fund: string;
  @Text('Chinese name', '企业职工基本养老保险基金')
  zh: string;
  @Text('English name', "Enterprise employees' basic pension fund")
  en: string;
  @Text('基金收入 of the month, yuan', '1234.56')
  income: string;
  @Text('基金支出 of the month, yuan', '0.00')
  expenditure: string;
  @Text('累计结余 at the end of the month, yuan', '1234.56')
  balance: string;
}

export class DefinitionAnswer {
  @Text('indicator', 'collectionRate')
  id: string;
  @Text('Chinese name', '征缴率')
  zh: string;
  @Text('English name', 'Collection rate')
  en: string;
  @Text('what is counted')
  definition: string;
  @Text('unit', 'fraction')
  unit: string;
  @ApiProperty({ enum: ['scheme', 'fund'] })
  per: string;
  @Text('formula')
  formula: string;
  @Text('where the definition comes from')
  source: string;
}

export class MonthlyStatisticsAnswer {
  @Text('month', '2026-01')
  month: string;
  @Text('the last day that was counted', '2026-01-31')
  asOf: string;
  @ApiProperty({ type: [SchemeFiguresAnswer] })
  schemes: SchemeFiguresAnswer[];
  @ApiProperty({ type: FiguresAnswer, description: 'all schemes; a person counts once' })
  all: FiguresAnswer;
  @ApiProperty({ type: [FundFiguresAnswer] })
  funds: FundFiguresAnswer[];
  @ApiProperty({ type: [DefinitionAnswer], description: 'what the indicators mean' })
  definitions: DefinitionAnswer[];

  static of({ month, asOf, schemes, all, funds }: MonthlyStatistics): MonthlyStatisticsAnswer {
    return {
      ...{ month, asOf },
      schemes: schemes.map((each) => ({
        scheme: each.scheme,
        ...SCHEME_NAMES[each.scheme],
        ...figuresAnswer(each),
      })),
      all: figuresAnswer(all),
      funds: funds.map(fundAnswer),
      definitions: [...INDICATORS],
    };
  }
}

function figuresAnswer(figures: SchemeFigures): FiguresAnswer {
  return {
    participants: figures.participants.toString(),
    payers: figures.payers.toString(),
    due: figures.due.toString(),
    received: figures.received.toString(),
    receivedLate: figures.receivedLate.toString(),
    arrears: figures.arrears.toString(),
    collectionRate: figures.collectionRate ?? null,
  };
}

function fundAnswer({ fund, income, expenditure, balance }: FundFigures): FundFiguresAnswer {
  return {
    ...{ fund, ...FUND_NAMES[fund] },
    ...{ income: income.toString(), expenditure: expenditure.toString(), balance: balance.toString() },
  };
}
