import { type TObject, type TProperties, Type } from '@sinclair/typebox';

/**
 * The kinds of input that formulas are made of, with the names and patterns of the case format (data/cases). Sizes are
 * limited so that nothing nonsensical is calculated; `examples` show a good value in an error.
 */
export const Amount = Type.String({
  pattern: '^0*[0-9]{1,16}\\.[0-9]{2}$',
  description: 'yuan with two decimals',
  examples: ['8131.00'],
});

/** Any decimal number, as published statistics have them. */
export const Decimal = Type.String({
  pattern: '^-?0*[0-9]{1,24}(\\.[0-9]{1,24}0*)?$',
  description: 'decimal number',
  examples: ['53452.3'],
});

/** A rate, ratio, index or factor: a fraction that is not negative. */
export const Ratio = Type.String({
  pattern: '^(-(?=[0.]+$))?0*[0-9]{1,12}(\\.[0-9]{1,24}0*)?$',
  description: 'fraction, not negative: 16 % is 0.16',
  examples: ['0.16'],
});

export const OneDecimal = Type.String({
  pattern: '^0*[0-9]{1,6}\\.[0-9]$',
  description: 'number with one decimal',
  examples: ['139.0'],
});

export const TwoDecimals = Type.String({
  pattern: '^0*[0-9]{1,6}\\.[0-9]{2}$',
  description: 'number with two decimals',
  examples: ['19.25'],
});

export const Count = Type.Integer({
  minimum: 0,
  maximum: 1_000_000_000,
  description: 'whole number, not negative',
  examples: [12],
});

export function countFrom(minimum: number, maximum = 1_000_000_000): typeof Count {
  return Type.Integer({ minimum, maximum, description: `whole number from ${minimum}`, examples: [minimum] });
}

export const MonthText = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$',
  description: 'calendar month YYYY-MM',
  examples: ['2026-07'],
});

export const DateText = Type.String({
  pattern: '^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$',
  description: 'calendar day YYYY-MM-DD',
  examples: ['2026-07-31'],
});

export function choice<const Values extends readonly string[]>(values: Values, description = '') {
  return Type.Unsafe<Values[number]>(Type.String({ enum: [...values], description, examples: [values[0]] }));
}

/** An object that takes these fields and no others; `rules` are further JSON Schema keywords on it. */
export function fields<Fields extends TProperties>(properties: Fields, rules: object = {}): TObject<Fields> {
  return Type.Object(properties, { additionalProperties: false, ...rules });
}

/** Exactly one of these groups of fields is complete. */
export function exactlyOneOf(...groups: readonly (readonly string[])[]) {
  return { oneOf: groups.map((required) => ({ required })) };
}
