import { BrokenInvariant } from '@provident/kernel';
import { type SchemaOptions, type TSchema, type TString, Type } from '@sinclair/typebox';
import { ERASED, type FieldPlace, isSealed, type PersonalCipher } from './personal-cipher.js';

/** What a reader finds in a personal field after its person was erased. */
export const ERASED_TEXT = '〔erased〕';

/**
 * Marks a text field of an event's schema as personal: it is stored sealed under the key of the person whose id stands in
 * the field `personIn` of the same object, or of one around it.
 */
export function Personal(field: TString, personIn = 'personId'): TString {
  return Type.String({ ...(field as SchemaOptions), personal: true, personIn });
}

/** One personal field of an event type. */
export interface PersonalField {
  /** Steps from the data to the field; `*` stands for every entry of a list. */
  readonly path: readonly string[];
  /** Name of the field that holds the person's id. */
  readonly personIn: string;
}

/** What the event store calls between deciding and appending, and between reading and folding. */
export interface PersonalData {
  /** The data with its personal fields sealed; the same object where the schema has none. */
  seal(schema: TSchema, event: PersonalEvent): Promise<object>;
  /** The data with its sealed fields opened, those of erased people as `ERASED_TEXT`. Fields in clear stay as they are. */
  open(schema: TSchema, event: Omit<PersonalEvent, 'id'>): Promise<object>;
}

export interface PersonalEvent {
  readonly id: string;
  readonly type: string;
  readonly data: object;
}

const planned = new WeakMap<TSchema, readonly PersonalField[]>();

/** The personal fields of a schema. Throws for one that is no text, or whose person cannot be told. */
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
    const personIn = schema['personIn'] as string;
    if (schema.type !== 'string') throw new BrokenInvariant(`The personal field ${path.join('/')} is no text.`);
    if (!around.includes(personIn)) {
      throw new BrokenInvariant(
        `The personal field ${path.join('/')} has no field ${personIn} beside it or around it.`,
      );
    }
    yield { path, personIn };
    return;
  }
  const properties = (schema['properties'] ?? {}) as Record<string, TSchema>;
  for (const [name, property] of Object.entries(properties)) {
    yield* found(property, [...path, name], [...around, ...Object.keys(properties)]);
  }
  if (schema['items'] !== undefined) yield* found(schema['items'] as TSchema, [...path, '*'], around);
  for (const variant of (schema['anyOf'] ?? []) as TSchema[]) yield* found(variant, path, around);
}

export class SealedPersonalData implements PersonalData {
  constructor(private readonly cipher: PersonalCipher) {}

  seal(schema: TSchema, { id, type, data }: PersonalEvent): Promise<object> {
    return each(schema, data, async (text, personId, field) => {
      if (isSealed(text)) throw new BrokenInvariant(`The field ${field} of ${type} is sealed already.`);
      // Two entries of a list are told apart by their texts, which the nonce depends on.
      return this.cipher.seal(personId, id, { type, field }, text);
    });
  }

  open(schema: TSchema, { type, data }: Omit<PersonalEvent, 'id'>): Promise<object> {
    return each(schema, data, async (text, _, field) => {
      // Events from before the field became personal hold it in clear.
      if (!isSealed(text)) return text;
      return this.openText(text, { type, field });
    });
  }

  /** One sealed field, for a reader that kept only this one: a table, a message. */
  async openText(text: string, place: FieldPlace): Promise<string> {
    const opened = await this.cipher.open(text, place);
    return opened === ERASED ? ERASED_TEXT : opened;
  }
}

type Change = (text: string, personId: string, field: string) => Promise<string>;

async function each(schema: TSchema, data: object, change: Change): Promise<object> {
  const fields = personalFields(schema);
  if (fields.length === 0) return data;
  const copy = structuredClone(data);
  const changes = fields.flatMap(({ path, personIn }) => {
    const field = path.filter((step) => step !== '*').join('/');
    return [...places(copy, path, personIn, undefined)].map(async ({ holder, name, personId }) => {
      holder[name] = await change(holder[name] as string, personId, field);
    });
  });
  await Promise.all(changes);
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly personId: string;
}

/** The places in the data that a path leads to; an optional field that is absent has none. */
function* places(value: unknown, path: readonly string[], personIn: string, person: unknown): Generator<Place> {
  const [step, ...rest] = path;
  if (value === undefined || step === undefined) return;
  if (step === '*') {
    for (const entry of value as unknown[]) yield* places(entry, rest, personIn, person);
    return;
  }
  const holder = value as Record<string, unknown>;
  const personId = holder[personIn] ?? person;
  if (rest.length > 0) {
    yield* places(holder[step], rest, personIn, personId);
  } else if (typeof holder[step] === 'string') {
    if (typeof personId !== 'string') throw new BrokenInvariant(`The personal field ${step} has no ${personIn}.`);
    yield { holder, name: step, personId };
  }
}
