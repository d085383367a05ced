import { StreamableFile } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type FileOutcome, type MarkedSheet, markedCopy, markedSheet, type RowFault } from '@provident/files';
import { IsIn, IsOptional } from 'class-validator';
import { FileQuery } from './file-answer.js';

export class MarkedCopyQuery extends FileQuery {
  @ApiPropertyOptional({ enum: ['xlsx', 'csv'], description: 'a workbook when absent' })
  @IsOptional()
  @IsIn(['xlsx', 'csv'])
  format?: 'xlsx' | 'csv';
}

class FaultReasonAnswer {
  @ApiProperty({ description: 'Chinese, where the code has words of its own; English otherwise' }) zh: string;
  @ApiProperty({ description: 'English' }) en: string;
}

class RowFaultAnswer implements RowFault {
  @ApiPropertyOptional({ description: 'place of the column from 0; absent when the whole row is meant' })
  column?: number;
  @ApiProperty({ example: 'blank-cell' }) code: string;
  @ApiProperty({ type: FaultReasonAnswer, description: 'what is wrong, the rule, and what to do' })
  reason: FaultReasonAnswer;
}

class SheetColumnAnswer {
  @ApiProperty({ example: 'C' }) letter: string;
  @ApiProperty({ example: '月工资' }) title: string;
}

class MarkedRowAnswer {
  @ApiProperty({ description: 'row number as a spreadsheet program shows it' }) line: number;
  @ApiProperty({ type: [String], description: 'the row as it stands in the file' }) cells: readonly string[];
  @ApiProperty({ type: [RowFaultAnswer] }) faults: readonly RowFaultAnswer[];
}

/** What taking a file in would find. Nothing was written. */
export class SheetCheckAnswer implements MarkedSheet {
  @ApiProperty({ description: 'rows that would be taken in' }) goodRows: number;
  @ApiProperty({ description: 'faults found' }) faults: number;
  @ApiProperty({ description: 'faults beyond those that are told in full' }) notShown: number;
  @ApiProperty({ type: [SheetColumnAnswer] }) columns: readonly SheetColumnAnswer[];
  @ApiProperty({ type: [MarkedRowAnswer], description: 'the first 500 faulty rows as they stand in the file' })
  rows: readonly MarkedRowAnswer[];
  @ApiProperty({ type: [RowFaultAnswer], description: 'faults of no row, such as somebody who is missing' })
  elsewhere: readonly RowFaultAnswer[];
}

export async function sheetCheck(file: Buffer, { rows, faults }: FileOutcome): Promise<SheetCheckAnswer> {
  const { total, notShown } = faults;
  return { goodRows: rows, faults: total, notShown, ...(await markedSheet(file, faults)) };
}

const TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

/** The sheet that was sent, with its faults in its own rows. */
export async function answerMarkedCopy(
  file: Buffer,
  { faults }: FileOutcome,
  { format = 'xlsx' }: MarkedCopyQuery,
): Promise<StreamableFile> {
  const copy = await markedCopy(file, faults, format);
  const disposition = `attachment; filename="marked.${format}"`;
  return new StreamableFile(copy, { type: TYPES[format], disposition, length: copy.length });
}
