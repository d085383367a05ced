import { ApiProperty } from '@nestjs/swagger';
import type { Explanation } from './explanation.js';

const Text = (description: string, example?: string): PropertyDecorator =>
  ApiProperty({ type: String, description, ...(example === undefined ? {} : { example }) });

class TitleAnswer {
  @Text('Chinese', '凭证 12345')
  zh: string;
  @Text('English', 'Voucher 12345')
  en: string;
}

class FactAnswer extends TitleAnswer {
  @Text('what it says')
  value: string;
}

class FigureAnswer {
  @Text('the figure', '2400.00')
  text: string;
  @ApiProperty({ enum: ['yuan', 'persons', 'fraction', 'text'] })
  unit: string;
}

class ExplanationRuleAnswer {
  @Text('the rule')
  text: string;
  @ApiProperty({ type: String, required: false, description: 'document, number and article' })
  basis?: string;
  @ApiProperty({ type: String, required: false, description: 'how sure the basis is' })
  confidence?: string;
}

class ExplanationHeadAnswer {
  @Text('names the figure for ever; ask for it to be explained further', 'voucher:12345')
  address: string;
  @ApiProperty({ enum: ['balance', 'postings', 'voucher', 'event', 'parameter', 'statement', 'indicator', 'facts'] })
  kind: string;
  @ApiProperty({ type: TitleAnswer })
  title: TitleAnswer;
  @ApiProperty({ type: FigureAnswer, required: false })
  value?: FigureAnswer;
  @ApiProperty({ type: [FactAnswer], description: 'dates, parties, lines, and who entered, reviewed and approved it' })
  facts: FactAnswer[];
  @ApiProperty({ type: ExplanationRuleAnswer, required: false })
  rule?: ExplanationRuleAnswer;
}

export class ExplanationAnswer extends ExplanationHeadAnswer {
  @ApiProperty({ type: [ExplanationHeadAnswer], description: 'a page of what it rests on' })
  children: ExplanationHeadAnswer[];
  @ApiProperty({ type: Number, description: 'how many there are altogether' })
  total: number;
  @ApiProperty({ type: String, required: false, description: 'ask for what comes `after` this; absent at the end' })
  next?: string;

  static of({ children, facts, ...rest }: Explanation): ExplanationAnswer {
    return { ...rest, facts: [...facts], children: children.map((each) => ({ ...each, facts: [...each.facts] })) };
  }
}
