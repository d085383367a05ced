import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CalculationAnswer, Explanation, JsonFigure } from '@provident/policy';
import type { ParameterReference } from '@provident/kernel';

/** The answer of every calculation; amounts are texts with two decimals. */
export class CalculationAnswerBody implements CalculationAnswer {
  @ApiProperty({ example: 'late-fee' }) formula: string;
  @ApiProperty({ type: Object, description: 'as calculated, with what parameters supplied' })
  inputs: Record<string, unknown>;
  @ApiProperty({ type: Object, example: { fee: '5.00' } }) result: Record<string, JsonFigure>;
  @ApiProperty({ type: Object, isArray: true, description: 'what the result rests on: article, version, confidence' })
  parameters: ParameterReference[];
  @ApiPropertyOptional({ type: Object, description: 'the steps, when asked to explain' }) explanation?: Explanation;
  @ApiPropertyOptional({ description: 'the steps as text, when asked to explain in a language' }) text?: string;
}
