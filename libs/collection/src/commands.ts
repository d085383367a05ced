import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { DateText, FundName, CreditCode, Reason, YuanText } from '@provident/http';
import type { BusinessDate, CommandContext, Fund, Month } from '@provident/kernel';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { FileOptions, FileOutcome, FileSource } from '@provident/files';
import type { Pays } from './receipt.js';

export class IdentifyReceiptBody {
  @FundName() fund: Fund;
  @ApiProperty({ type: String, maxLength: 64 }) @IsString() @Length(1, 64) bankReference: string;
  @CreditCode() employer: string;
  @DateText() identifiedOn: BusinessDate;
  @Reason() reason: string;
  @ApiPropertyOptional({ enum: ['late-fee'], description: 'what the payer says that it is for; as the bank line said' })
  @IsOptional()
  @IsIn(['late-fee'])
  pays?: Pays;
}

/** An employer files its monthly declaration (缴费申报). */
export class FileDeclaration extends Command<FileOutcome> {
  constructor(
    readonly employer: string,
    readonly month: Month,
    readonly file: FileSource,
    readonly options: FileOptions,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The bank's receipts of the income accounts (收入户) are taken in. */
export class ImportReceipts extends Command<FileOutcome> {
  constructor(
    readonly file: FileSource,
    readonly options: FileOptions,
    readonly context: CommandContext,
  ) {
    super();
  }
}

/** The payer of an unidentified receipt was found. */
export class IdentifyReceipt extends Command<CommandResult> {
  constructor(
    readonly body: IdentifyReceiptBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}

export class RefundHeldReceiptBody {
  @CreditCode() employer: string;
  @FundName() fund: Fund;
  @YuanText() amount: string;
  @DateText() refundedOn: BusinessDate;
  @Reason() reason: string;
}

/** Gives an employer back what it paid beyond all it owed (退还多缴). Carried out for an approved case; it has no route. */
export class RefundHeldReceipt extends Command<CommandResult> {
  constructor(
    readonly body: RefundHeldReceiptBody,
    readonly context: CommandContext,
  ) {
    super();
  }
}
