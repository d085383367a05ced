import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { AtLeast } from '@provident/http';
import { READ_DATABASE, type ReadDatabase, ReadPosition, ReadSide } from '@provident/projections';
import { appliedUpTo } from '@provident/projections/applied-up-to';
import { LIVE_SCHEMA } from '@provident/projections/database';

class ReadSideQuery {
  @AtLeast() atLeast?: string;
}

class ReadSideAnswer {
  @ApiProperty({ description: 'log position up to which every figure is complete; -1 while there is none' })
  position: string;
}

class TableDigestAnswer {
  @ApiProperty()
  table: string;
  @ApiProperty()
  rows: number;
  @ApiProperty({ description: "SHA-256 of the table's rows in the order of their key" })
  sha256: string;
}

class DigestsAnswer extends ReadSideAnswer {
  @ApiProperty({ description: 'events applied' })
  events: string;
  @ApiProperty({ type: [TableDigestAnswer] })
  tables: readonly TableDigestAnswer[];
}

@ApiTags('read side')
@Controller('api/read-side')
export class ReadSideController {
  constructor(
    private readonly position: ReadPosition,
    private readonly readSide: ReadSide,
    @Inject(READ_DATABASE) private readonly database: ReadDatabase,
  ) {}

  @Get()
  @Needs('position.read')
  @ApiOperation({ summary: 'How far the figures are; with atLeast it answers when they are there' })
  @ApiOkResponse({ type: ReadSideAnswer })
  async howFar(@Query() { atLeast }: ReadSideQuery): Promise<ReadSideAnswer> {
    await this.position.waitForText(atLeast);
    const { position } = await appliedUpTo(this.database.pool, LIVE_SCHEMA);
    return { position: position.toString() };
  }

  @Get('digests')
  @Needs('books.verify')
  @ApiOperation({ summary: 'Digests of all tables: the same log gives the same digests, wherever it was projected' })
  @ApiOkResponse({ type: DigestsAnswer })
  async digests(@Query() { atLeast }: ReadSideQuery): Promise<DigestsAnswer> {
    await this.position.waitForText(atLeast);
    const { position, events, tables } = await this.readSide.digest();
    return { position: position.toString(), events: events.toString(), tables };
  }
}
