import { Body, HttpCode, Post, Query, type Type } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Needs } from '@provident/access/guard/needs';
import { exampleRequest, type FormulaDescription, listFormulas } from '@provident/policy';
import { CalculationAnswerBody } from './calculation-answer.js';

/** What a controller must have so that a route can be made for each formula. */
interface Calculates<Options> {
  calculate(formula: string, request: unknown, options: Options): Promise<unknown>;
}

/**
 * Gives a controller one route for each formula, so that OpenAPI shows the request of each by the very schema that checks
 * it. The decorators are those that a method written by hand would have.
 */
export function addFormulaRoutes<Options>(controller: Type<Calculates<Options>>, options: Type<Options>): void {
  const methods = controller.prototype as Calculates<Options>;
  for (const formula of listFormulas()) {
    const method = `calculate ${formula.name}`;
    const value = function (this: Calculates<Options>, request: unknown, given: Options): Promise<unknown> {
      return this.calculate(formula.name, request, given);
    };
    Object.defineProperty(methods, method, { value, configurable: true, writable: true });
    Reflect.defineMetadata('design:paramtypes', [Object, options], methods, method);
    Body()(methods, method, 0);
    Query()(methods, method, 1);
    const descriptor = Object.getOwnPropertyDescriptor(methods, method) as TypedPropertyDescriptor<unknown>;
    for (const decorate of decorators(formula)) decorate(methods, method, descriptor);
  }
}

function decorators({ name, title, law, request, refusals }: FormulaDescription): readonly MethodDecorator[] {
  const refused = refusals.length === 0 ? '' : ` Refusals: ${refusals.join(', ')}.`;
  return [
    Post(name),
    HttpCode(200),
    Needs('calculation.run'),
    ApiOperation({
      operationId: name,
      summary: `${title.en} (${title.zh})`,
      description: `${law}.${refused}`,
    }),
    ApiBody({ schema: request, examples: { worked: { summary: 'a worked case', value: exampleRequest(name) } } }),
    ApiOkResponse({ type: CalculationAnswerBody }),
  ];
}
