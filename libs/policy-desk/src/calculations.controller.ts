import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import {
  areaOf,
  type CalculationAnswer,
  calculateRequest,
  describeFormula,
  type Explain,
  type FormulaDescription,
  listFormulas,
} from '@provident/policy';
import { IsIn, IsOptional } from 'class-validator';
import { addFormulaRoutes } from './formula-routes.js';
import { LivePolicy } from './live-policy.js';

const EXPLAIN = ['zh', 'en', 'true'] as const;

export class ExplainQuery {
  @ApiPropertyOptional({ enum: EXPLAIN, description: 'the steps, and with a language their text' })
  @IsOptional()
  @IsIn(EXPLAIN, { message: 'explain must be zh, en or true' })
  explain?: Explain;
}

/** The statutory formulas for people and programs. A calculation appends nothing, whatever is laid over the policy for it. */
@ApiTags('calculations')
@Controller('api/calculations')
export class CalculationsController {
  constructor(private readonly policy: LivePolicy) {}

  @Get()
  @Needs('calculation.run')
  @ApiOperation({ summary: 'Every statutory formula with its law, its refusals and the schema of its request' })
  @ApiOkResponse({ description: 'formulas in the order of the case format' })
  list(): readonly FormulaDescription[] {
    return listFormulas();
  }

  @Get(':formula')
  @Needs('calculation.run')
  @ApiOperation({ summary: 'One statutory formula' })
  describe(@Param('formula') formula: string): FormulaDescription {
    return describeFormula(formula);
  }

  /** Each formula has a route of its own (`addFormulaRoutes`); this one is left for names that no formula has. */
  @Post(':formula')
  @Needs('calculation.run')
  @HttpCode(200)
  @ApiExcludeEndpoint()
  async calculate(
    @Param('formula') formula: string,
    @Body() request: unknown,
    @Query() { explain }: ExplainQuery,
  ): Promise<CalculationAnswer> {
    describeFormula(formula);
    const area = areaOf(request);
    if (area !== undefined) await this.policy.include(area);
    return calculateRequest(formula, request, () => this.policy.book, explain);
  }
}

addFormulaRoutes(CalculationsController, ExplainQuery);
