import { type SchemaOptions, type TSchema, type TString, Type } from '@sinclair/typebox';
import { BrokenInvariant, DomainError } from './domain-error.js';

/** What a reader finds in a personal field after its key was erased. */
export const ERASED_TEXT = '〔erased〕';

/**
 * Marks a text field of an event's schema as personal: the log holds it sealed. Its key is the one whose id - a person's,
 * or that of a record such as a case - stands in the field `keyIn` of the same object, or of one around it.
 */
export function Personal(field: TString, keyIn = 'personId'): TString {
  return Type.String({ ...(field as SchemaOptions), personal: true, keyIn });
}

/** One personal field of an event type. */
export interface PersonalField {
  /** Steps from the data to the field; `*` stands for every entry of a list. */
  readonly path: readonly string[];
  /** Name of the field that holds the id of its key. */
  readonly keyIn: string;
}

/** What the event store calls between deciding and appending, and between reading and folding. */
export interface PersonalData {
  /** The data with its personal fields sealed; the same object where the schema has none. Throws `person-erased`. */
  seal(schema: TSchema, event: PersonalEvent): Promise<object>;
  /** The data with its sealed fields opened, those whose key was erased as `ERASED_TEXT`. Fields in clear stay so. */
  open(schema: TSchema, event: Pick<PersonalEvent, 'data'>): Promise<object>;
  /** Makes the keys that are missing, many at a time: what a bulk import asks for before it begins. */
  ensure(keyIds: readonly string[]): Promise<void>;
}

/** An event on its way into the log. Its id is part of what a field is sealed by: the same event has the same bytes. */
export interface PersonalEvent {
  readonly id: string;
  readonly data: object;
}

const planned = new WeakMap<TSchema, readonly PersonalField[]>();

/** The personal fields of a schema. Throws for one that is no text, or whose key cannot be told. */
export function personalFields(schema: TSchema): readonly PersonalField[] {
  let fields = planned.get(schema);
  if (fields === undefined) {
    // Variants of a union may share a field.
    fields = [...new Map([...found(schema, [], [])].map((each) => [each.path.join('/'), each])).values()];
    planned.set(schema, fields);
  }
  return fields;
}

function* found(schema: TSchema, path: readonly string[], around: readonly string[]): Generator<PersonalField> {
  if (schema['personal'] === true) {
    const keyIn = schema['keyIn'] as string;
    if (schema.type !== 'string') throw new BrokenInvariant(`The personal field ${path.join('/')} is no text.`);
    if (!around.includes(keyIn)) {
      throw new BrokenInvariant(`The personal field ${path.join('/')} has no field ${keyIn} beside it or around it.`);
    }
    yield { path, keyIn };
    return;
  }
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  for (const [name, property] of Object.entries(properties)) {
    yield* found(property, [...path, name], [...around, ...Object.keys(properties)]);
  }
  if (schema['items'] !== undefined) yield* found(schema['items'] as TSchema, [...path, '*'], around);
  for (const variant of (schema['anyOf'] ?? []) as TSchema[]) yield* found(variant, path, around);
}

/**
 * A sealed field: `sealed.<version>.<key id>.<field>.<body>`, the body in base64url. It names its key and the field that it
 * was sealed for, so that it may be copied into tables and messages as it is and be opened there.
 */
export const SEALED_PATTERN = 'sealed\\.([0-9]+)\\.([0-9a-f-]{36})\\.([A-Za-z/]+)\\.([A-Za-z0-9_-]+)';

/** Whether a text is a sealed field, of any version. */
export function isSealed(text: string): boolean {
  return SEALED.test(text);
}

/**
 * Refuses a text from outside that looks like a sealed one: filed under another name, it would be opened for whoever may
 * read that.
 */
export function refuseSealedTexts(value: unknown): void {
  if (typeof value === 'string') {
    if (value.includes('sealed.') && LOOKS_SEALED.test(value)) throw reservedText();
  } else if (Array.isArray(value)) {
    for (const entry of value) refuseSealedTexts(entry);
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) refuseSealedTexts((value as Record<string, unknown>)[key]);
  }
}

const LOOKS_SEALED = new RegExp(SEALED_PATTERN);
const SEALED = new RegExp(`^${SEALED_PATTERN}$`);

function reservedText(): DomainError {
  return new DomainError(
    'text-reserved',
    'A text has the form in which encrypted personal data is stored.',
    'Sealed fields are made by the ledger alone; they are never entered.',
    'Enter the text itself.',
  );
}
