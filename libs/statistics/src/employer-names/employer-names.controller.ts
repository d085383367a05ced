import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { ArrayMaxSize, IsArray, Matches } from 'class-validator';
import { Transform } from 'class-transformer';
import { EmployerNames } from './employer-names.js';

/** Names that one request may ask for. */
const MOST_NAMES = 200;

class NamesQuery {
  @ApiProperty({ type: String, description: `credit codes with commas between, at most ${MOST_NAMES}` })
  @Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.split(',') : value))
  @IsArray()
  @ArrayMaxSize(MOST_NAMES)
  @Matches(/^[0-9A-Z]{18}$/, { each: true, message: 'codes must be credit codes of 18 characters' })
  codes: readonly string[];
}

class EmployerNameAnswer {
  @ApiProperty({ description: 'unified social credit code (统一社会信用代码)' })
  creditCode: string;
  @ApiProperty({ description: 'name as it stands today' })
  name: string;
}

@ApiTags('statistics')
@Controller('api/employer-names')
export class EmployerNamesController {
  constructor(private readonly names: EmployerNames) {}

  @Get()
  @Needs('employer.name')
  @ApiOperation({ summary: 'Names of employers by credit code, so that people read names; unknown ones are left out' })
  @ApiOkResponse({ type: [EmployerNameAnswer] })
  async byCode(@Query() { codes }: NamesQuery): Promise<readonly EmployerNameAnswer[]> {
    return this.names.byCode(codes);
  }
}
