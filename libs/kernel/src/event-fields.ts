import { type Static, Type } from '@sinclair/typebox';
import type { BusinessDate } from './business-date.js';
import type { Month } from './month.js';
import { FUNDS, PAYERS, SCHEMES } from './schemes.js';

/**
 * The field kinds that event schemas are made of: one definition gives the TypeScript type and the JSON Schema.
 * Amounts stand in events as decimal texts with two places.
 */
export const AmountField = Type.String({
  pattern: '^-?(0|[1-9][0-9]{0,15})\\.[0-9]{2}$',
  description: 'yuan, two decimals',
});
export const MonthField = Type.Unsafe<Month>(Type.String({ pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' }));
export const DateField = Type.Unsafe<BusinessDate>(Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }));
export const RateField = Type.String({ pattern: '^-?[0-9]{1,12}(\\.[0-9]{1,12})?$', description: 'fraction' });
export const IdField = Type.String({ pattern: '^[0-9a-f-]{36}$', description: 'UUID' });
export const CreditCodeField = Type.String({ minLength: 18, maxLength: 18, description: '统一社会信用代码' });
export const NameField = Type.String({ minLength: 1, maxLength: 200 });
export const SchemeField = Type.Union(SCHEMES.map((scheme) => Type.Literal(scheme)));
export const PayerField = Type.Union(PAYERS.map((payer) => Type.Literal(payer)));
export const FundField = Type.Union(FUNDS.map((fund) => Type.Literal(fund)));

/** The policy parameter that a figure rests on: enough to find the article and the version again. */
export const ParameterReferenceField = Type.Object({
  id: Type.String(),
  area: Type.String(),
  from: Type.String(),
  value: Type.String(),
  legalBasis: Type.String(),
  confidence: Type.String(),
});
export type ParameterReference = Static<typeof ParameterReferenceField>;
