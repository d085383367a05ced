/** Particulars of an employer that tell of people: they are sealed under the key of the change that brought them. */
export const OF_PEOPLE = ['legalRepresentative', 'bankAccount', 'contactName', 'contactPhone'] as const;

/** The record without some of its fields. */
export function without<Whole extends object, Field extends keyof Whole>(
  whole: Whole,
  ...fields: readonly Field[]
): Omit<Whole, Field> {
  const rest: Partial<Whole> = { ...whole };
  for (const field of fields) Reflect.deleteProperty(rest, field);
  return rest as Omit<Whole, Field>;
}

/** What is given and differs from what is held; a field that is left out is not given. */
export function differing<Held extends object>(given: Partial<Held>, held: Partial<Held>): Partial<Held> {
  const fields = Object.keys(given) as (keyof Held)[];
  const changed = fields.filter((field) => given[field] !== undefined && given[field] !== held[field]);
  return Object.fromEntries(changed.map((field) => [field, given[field]])) as Partial<Held>;
}
