import { Command } from '@nestjs/cqrs';
import { ApiProperty } from '@nestjs/swagger';
import type { CommandResult } from '@provident/event-store';
import { DateText, YuanText } from '@provident/http';
import type { BusinessDate, CommandContext } from '@provident/kernel';
import { IsString, Length } from 'class-validator';

/** What a decision of the administrative department says of a fine, as a case asks for it. */
export interface FineDecision {
  readonly employer: string;
  readonly decisionNumber: string;
  readonly ground: 'registration' | 'non-payment';
  readonly base: string;
  readonly amount: string;
  readonly orderExpiredOn: BusinessDate;
  readonly imposedOn: BusinessDate;
  readonly documentHash: string;
}

/** What a decision says that takes a fine back. */
export interface FineRevocation {
  readonly employer: string;
  readonly fineId: string;
  readonly decisionNumber: string;
  readonly revokedOn: BusinessDate;
  readonly reason: string;
  readonly documentHash: string;
}

/** Records a fine. Carried out for an approved case; it has no route. */
export class ImposeFine extends Command<CommandResult> {
  constructor(
    readonly decision: FineDecision,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** Takes a fine back. Carried out for an approved case; it has no route. */
export class RevokeFine extends Command<CommandResult> {
  constructor(
    readonly revocation: FineRevocation,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class FinePaymentBody {
  @YuanText() amount: string;
  @DateText() paidOn: BusinessDate;
  @ApiProperty({ type: String, maxLength: 64, description: 'number of the treasury’s receipt (非税收入缴款书)' })
  @IsString()
  @Length(1, 64)
  paymentReference: string;
}

/** The treasury's receipt for a fine is entered. */
export class EnterFinePayment extends Command<CommandResult> {
  constructor(
    readonly employer: string,
    readonly fineId: string,
    readonly body: FinePaymentBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}
