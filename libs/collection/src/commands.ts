import { Command } from '@nestjs/cqrs';
import type { CommandResult } from '@provident/event-store';
import { DateText, FundName, CreditCode, Reason } from '@provident/http';
import type { BusinessDate, CommandContext, Fund, Month } from '@provident/kernel';
import { IsString, Length } from 'class-validator';
import { ApiProperty } from '@nestjs/swagger';
import type { FileSource } from './files/file-bytes.js';
import type { FaultReport } from './files/faults.js';

export class IdentifyReceiptBody {
  @FundName() fund: Fund;
  @ApiProperty({ type: String, maxLength: 64 }) @IsString() @Length(1, 64) bankReference: string;
  @CreditCode() employer: string;
  @DateText() identifiedOn: BusinessDate;
  @Reason() reason: string;
}

/** What became of a file. `written` is false when faults kept it out: then nothing of it was written. */
export interface FileOutcome {
  readonly written: boolean;
  /** Rows taken in. */
  readonly rows: number;
  readonly faults: FaultReport;
  readonly position: bigint | undefined;
}

/** How a file is to be taken in. */
export interface FileOptions {
  /** Take the good rows although others are faulty; by default one fault keeps the whole file out. */
  readonly acceptGoodRows?: boolean;
  readonly onProgress?: (rows: number) => void;
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
