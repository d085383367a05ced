import { ApiProperty } from '@nestjs/swagger';
import type { Effect, ExplainedMonth, KindEffect, SimulationReport, WinnersAndLosers } from './report.js';

const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });
const Count = (description: string): PropertyDecorator => ApiProperty({ type: Number, description });

class EffectAnswer {
  @Text('as it was, yuan', '2400.00')
  before: string;
  @Text('as it would have been', '2500.00')
  after: string;

  static of({ before, after }: Effect): EffectAnswer {
    return { before: before.toString(), after: after.toString() };
  }
}

class MonthlyEffectAnswer extends EffectAnswer {
  @Text('fund', 'employee-pension')
  fund: string;
  @Text('month', '2025-07')
  month: string;
}

class KindAnswer {
  @ApiProperty({ enum: ['age', 'sex', 'wage', 'unit-type', 'risk-class'] })
  characteristic: string;
  @Text('which kind', '25 to 34')
  kind: string;
  @Count('people')
  people: number;
  @ApiProperty({ type: EffectAnswer, description: 'what they pay themselves' })
  own: EffectAnswer;
  @ApiProperty({ type: EffectAnswer, description: 'what their employers pay' })
  employer: EffectAnswer;
  @ApiProperty({ type: EffectAnswer, description: 'their personal accounts' })
  account: EffectAnswer;

  static of({ characteristic, kind, people, own, employer, account }: KindEffect): KindAnswer {
    return {
      ...{ characteristic, kind, people, own: EffectAnswer.of(own) },
      ...{ employer: EffectAnswer.of(employer), account: EffectAnswer.of(account) },
    };
  }
}

class SideAnswer {
  @Count('how many')
  count: number;
  @Text('by how much together, yuan', '-120.00')
  amount: string;
}

class WinnersAndLosersAnswer {
  @ApiProperty({ type: SideAnswer })
  less: SideAnswer;
  @ApiProperty({ type: SideAnswer })
  more: SideAnswer;
  @Count('for whom nothing changes')
  same: number;

  static of({ less, more, same }: WinnersAndLosers): WinnersAndLosersAnswer {
    const side = ({ count, amount }: WinnersAndLosers['less']) => ({ count, amount: amount.toString() });
    return { less: side(less), more: side(more), same };
  }
}

class LineEffectAnswer extends EffectAnswer {
  @Text('scheme', 'pension')
  scheme: string;
  @Text('payer', 'employee')
  payer: string;
}

class ChangedParameterAnswer {
  @Text('parameter', 'pension.employee')
  id: string;
  @Text('area', '310000')
  area: string;
  @Text('first day', '2025-07-01')
  from: string;
  @Text('value', '0.09')
  value: string;
  @Text('document, number and article')
  legalBasis: string;
  @Text('how sure it is')
  confidence: string;
}

class ExplainedMonthAnswer {
  @Text('month', '2025-07')
  month: string;
  @Text('employer')
  employer: string;
  @Text('the declaration that it rests on')
  declarationId: string;
  @Text('declared wage, yuan', '10000.00')
  wage: string;
  @ApiProperty({ type: EffectAnswer, description: 'contribution base' })
  base: EffectAnswer;
  @ApiProperty({ type: [LineEffectAnswer] })
  lines: LineEffectAnswer[];
  @ApiProperty({ type: EffectAnswer, description: 'to the pension personal account' })
  account: EffectAnswer;
  @ApiProperty({ type: [ChangedParameterAnswer], description: 'what the difference is due to' })
  changed: ChangedParameterAnswer[];

  static of(each: ExplainedMonth): ExplainedMonthAnswer {
    const { month, employer, declarationId, wage, lines, changed } = each;
    return {
      ...{ month, employer, declarationId, wage: wage.toString() },
      base: EffectAnswer.of({ before: each.baseBefore, after: each.baseAfter }),
      lines: lines.map((line) => ({ scheme: line.scheme, payer: line.payer, ...EffectAnswer.of(line) })),
      account: EffectAnswer.of({ before: each.accountBefore, after: each.accountAfter }),
      changed: [...changed],
    };
  }
}

class ExplainedPersonAnswer {
  @ApiProperty({ type: String, format: 'uuid' })
  personId: string;
  @ApiProperty({ type: EffectAnswer, description: 'the personal account at the end' })
  account: EffectAnswer;
  @ApiProperty({ type: [ExplainedMonthAnswer] })
  months: ExplainedMonthAnswer[];
}

export class SimulationAnswer {
  @Count('events that were replayed')
  events: number;
  @Text('log position of the last of them')
  upTo: string;
  @Count('people')
  people: number;
  @Count("people's months that were recomputed")
  months: number;
  @Count('declarations whose parameters the law in force has otherwise now, without any proposal')
  underOtherLaw: number;
  @ApiProperty({ type: [MonthlyEffectAnswer] })
  contributions: MonthlyEffectAnswer[];
  @ApiProperty({ type: [KindAnswer] })
  kinds: KindAnswer[];
  @ApiProperty({ type: WinnersAndLosersAnswer, description: 'people, by what they pay themselves' })
  payers: WinnersAndLosersAnswer;
  @ApiProperty({ type: WinnersAndLosersAnswer, description: 'employers, by what they pay' })
  employers: WinnersAndLosersAnswer;
  @ApiProperty({ type: WinnersAndLosersAnswer, description: 'people, by the balance of their personal accounts' })
  accounts: WinnersAndLosersAnswer;
  @ApiProperty({ type: ExplainedPersonAnswer, required: false })
  person?: ExplainedPersonAnswer;
  @ApiProperty({ type: [String], description: 'what would also change and is not computed' })
  notSimulated: string[];

  static of(report: SimulationReport): SimulationAnswer {
    const { events, upTo, people, months, underOtherLaw, contributions, kinds, person, notSimulated } = report;
    return {
      ...{ events, upTo: upTo.toString(), people, months, underOtherLaw },
      contributions: contributions.map((each) => ({ fund: each.fund, month: each.month, ...EffectAnswer.of(each) })),
      kinds: kinds.map((each) => KindAnswer.of(each)),
      payers: WinnersAndLosersAnswer.of(report.payers),
      employers: WinnersAndLosersAnswer.of(report.employers),
      accounts: WinnersAndLosersAnswer.of(report.accounts),
      ...(person === undefined
        ? {}
        : {
            person: {
              ...{ personId: person.personId, account: EffectAnswer.of(person.account) },
              months: person.months.map((each) => ExplainedMonthAnswer.of(each)),
            },
          }),
      notSimulated: [...notSimulated],
    };
  }
}
