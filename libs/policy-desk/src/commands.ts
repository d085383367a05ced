import { applyDecorators } from '@nestjs/common';
import { Command } from '@nestjs/cqrs';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { CommandResult } from '@provident/event-store';
import { DateText, Reason, Uuid } from '@provident/http';
import type { BusinessDate, CommandContext } from '@provident/kernel';
import { CONFIDENCES, type Confidence, type Content } from '@provident/policy';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';

const Words = (maxLength: number, example: string): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength, example }),
    IsString(),
    Length(1, maxLength, { message: `$property must have 1 to ${maxLength} characters, for example ${example}` }),
  );

const AreaCode = (): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: '^[0-9]{6}$', example: '310000', description: '000000 for the nation' }),
    Matches(/^\d{6}$/, { message: '$property must be a division code (GB/T 2260), for example 310000' }),
  );

export class LegalBasisBody {
  @Words(500, '沪人社规〔2026〕1号') document: string;
  @IsOptional() @Words(200, '2026-01-15') number?: string;
  @IsOptional() @Words(200, '第2条') article?: string;
}

/** A value for a parameter, as a clerk proposes it. */
export class ProposeParameterBody {
  @Words(100, 'unemployment.employer') parameter: string;
  @AreaCode() area: string;
  @DateText() from: BusinessDate;
  @ApiPropertyOptional({ description: 'last day; open when absent', example: '2026-12-31' })
  @IsOptional()
  @DateText()
  to?: BusinessDate;
  @ApiProperty({
    oneOf: [{ type: 'string' }, { type: 'array', items: {} }, { type: 'object' }],
    description: 'in the unit and form of the present value, every number as text',
    example: '0.005',
  })
  @IsDefined({ message: 'value must be given in the unit of the parameter, for example "0.005"' })
  value: Content;
  @ApiProperty({ type: LegalBasisBody })
  @IsObject()
  @ValidateNested()
  @Type(() => LegalBasisBody)
  basis: LegalBasisBody;
  @Words(500, 'notice of the bureau, 2026-01-15') source: string;
  @ApiProperty({ enum: Object.keys(CONFIDENCES) })
  @IsIn(Object.keys(CONFIDENCES))
  confidence: Confidence;
  @Reason() reason: string;
}

export class ReviewProposalBody {
  @AreaCode() area: string;
  @Uuid() proposalId: string;
  @IsOptional() @Reason() remark?: string;
}

export class ApproveProposalBody {
  @AreaCode() area: string;
  @Uuid() proposalId: string;
}

/** The actor of the context is the proposer. */
export class ProposeParameter extends Command<CommandResult & { readonly proposalId: string }> {
  constructor(
    readonly body: ProposeParameterBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The actor of the context is the reviewer. */
export class ReviewProposal extends Command<CommandResult> {
  constructor(
    readonly body: ReviewProposalBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The actor of the context is the approver; the day of approval is the context's. */
export class ApproveProposal extends Command<CommandResult> {
  constructor(
    readonly body: ApproveProposalBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}
