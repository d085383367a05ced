import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access';
import { Uuid } from '@provident/http';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, IsOptional } from 'class-validator';
import { SimulationAnswer } from './answers.js';
import { overlayValues } from './overlay-file.js';
import { OVER_HTTP, Simulations } from './simulations.js';

class SimulationBody {
  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'proposed values: parameter, area, from (and to), value as text, and basis with its document',
    example: [
      {
        ...{ parameter: 'unemployment.employer', area: '310000', from: '2025-07-01', value: '0.01' },
        basis: { document: '征求意见稿' },
      },
    ],
  })
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  overlay: object[];

  @ApiPropertyOptional({ type: String, format: 'uuid', description: 'the person whose months are explained' })
  @IsOptional()
  @Uuid()
  personId?: string;
}

@ApiTags('supervision')
@Controller('api/supervision/simulations')
export class SimulationController {
  constructor(private readonly simulations: Simulations) {}

  @Post()
  @HttpCode(200)
  @Needs('supervision.read')
  @ApiOperation({ summary: 'What proposed parameters would have changed in the history on record; writes nothing' })
  @ApiOkResponse({ type: SimulationAnswer })
  async simulate(@Body() { overlay, personId }: SimulationBody): Promise<SimulationAnswer> {
    const question = { overlay: overlayValues(overlay), personId, ...OVER_HTTP };
    return SimulationAnswer.of(await this.simulations.run(question));
  }
}
