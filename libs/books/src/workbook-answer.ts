import { PassThrough } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import { type Sheet, writeWorkbook } from '@provident/files';
import { dispositionOf } from '@provident/http/file-name';
import { IsIn, IsOptional } from 'class-validator';
import { applyDecorators } from '@nestjs/common';
import { ApiPropertyOptional } from '@nestjs/swagger';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const LANGUAGES = ['zh', 'en'] as const;
/** In whose words a file's headings are. */
export type FileLanguage = (typeof LANGUAGES)[number];

export const InLanguage = (): PropertyDecorator =>
  applyDecorators(IsOptional(), IsIn(LANGUAGES), ApiPropertyOptional({ enum: LANGUAGES, default: 'zh' }));

/** The workbook flows out while it is written; what fails on the way breaks the answer off, so that no part passes for all. */
export function workbookAnswer(sheets: readonly Sheet[], name: string): StreamableFile {
  const stream = new PassThrough();
  writeWorkbook(stream, sheets).catch((error: unknown) => stream.destroy(error as Error));
  const disposition = dispositionOf(`${name}.xlsx`);
  return new StreamableFile(stream, { type: XLSX, disposition });
}
