import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Controller, Get, Inject, Param, ParseEnumPipe, Query, StreamableFile } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiProduces, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access';
import { AsOfQuery, asOfOf, type BooksDatabase } from '@provident/books';
import { FundName } from '@provident/http';
import type { Fund } from '@provident/kernel';
import { KnownTimes, READ_QUERIES, ReadPosition } from '@provident/projections';
import { IsOptional } from 'class-validator';
import type { Kysely } from 'kysely';
import { BOOK_FILES, BOOK_FORMATS, type BookFormat, exportBooks } from './export-books.js';

const FORMAT = new ParseEnumPipe(
  Object.fromEntries(BOOK_FORMATS.map((format) => [format, format])) as Record<BookFormat, BookFormat>,
);

class BooksExportQuery extends AsOfQuery {
  @FundName()
  @IsOptional()
  @ApiPropertyOptional({ required: false })
  fund?: Fund;
}

@ApiTags('supervision')
@Controller('api/supervision/books')
export class JournalController {
  constructor(
    @Inject(READ_QUERIES) private readonly db: Kysely<BooksDatabase>,
    private readonly position: ReadPosition,
    private readonly times: KnownTimes,
  ) {}

  @Get(':format')
  @Needs('supervision.read')
  @ApiOperation({ summary: 'The books for auditors: an hledger or beancount journal, or a workbook; as of two times' })
  @ApiParam({ name: 'format', enum: BOOK_FORMATS })
  @ApiProduces(...new Set(Object.values(BOOK_FILES).map(({ mediaType }) => mediaType)))
  async books(@Param('format', FORMAT) format: BookFormat, @Query() query: BooksExportQuery): Promise<StreamableFile> {
    await this.position.waitForText(query.atLeast);
    const { ending, mediaType } = BOOK_FILES[format];
    // Written whole before the first byte is sent: an answer that breaks off would look like books.
    const folder = await mkdtemp(join(tmpdir(), 'provident-books-'));
    const leave = (): void => void rm(folder, { recursive: true, force: true });
    try {
      const path = join(folder, `books.${ending}`);
      await exportBooks(this.db, format, { ...(await asOfOf(query, this.times)), fund: query.fund }, path);
      const file = createReadStream(path).once('close', leave);
      return new StreamableFile(file, { type: mediaType, disposition: `attachment; filename="books.${ending}"` });
    } catch (error) {
      leave();
      throw error;
    }
  }
}
