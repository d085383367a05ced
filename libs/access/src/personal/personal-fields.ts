import {
  BrokenInvariant,
  ERASED_TEXT,
  type PersonalData,
  type PersonalEvent,
  personalFields,
  isSealed,
  SEALED_PATTERN,
} from '@provident/kernel';
import type { TSchema } from '@sinclair/typebox';
import type { PersonKeys } from './person-keys.js';
import { ERASED, type PersonalCipher } from './personal-cipher.js';

const SEALED_TEXTS = new RegExp(SEALED_PATTERN, 'g');

/** Seals and opens the personal fields of events, and opens what tables and answers have copied of them. */
export class SealedPersonalData implements PersonalData {
  constructor(
    private readonly cipher: PersonalCipher,
    private readonly keys: Pick<PersonKeys, 'ensure'>,
  ) {}

  seal(schema: TSchema, { id, data }: PersonalEvent): Promise<object> {
    // Two entries of a list are told apart by their texts, which the nonce depends on.
    return each(schema, data, (text, keyId, field) => this.cipher.seal(keyId, id, field, text));
  }

  open(schema: TSchema, { data }: Pick<PersonalEvent, 'data'>): Promise<object> {
    // Events from before the field became personal hold it in clear.
    return each(schema, data, (text, _, field) => (isSealed(text) ? this.opened(text, field) : Promise.resolve(text)));
  }

  ensure(keyIds: readonly string[]): Promise<void> {
    return this.keys.ensure(keyIds);
  }

  /**
   * An answer with every sealed text in it opened, wherever it stands: for a reader who may see all that the answer holds.
   * The answer itself stays as it is.
   */
  async openAll<Answer>(answer: Answer): Promise<Answer> {
    const sealed = new Set<string>();
    walk(answer, (text) => {
      for (const [found] of text.matchAll(SEALED_TEXTS)) sealed.add(found);
      return text;
    });
    if (sealed.size === 0) return answer;
    const pairs = [...sealed].map(async (text) => [text, await this.opened(text)] as const);
    const clear = new Map(await Promise.all(pairs));
    return walk(answer, (text) => text.replace(SEALED_TEXTS, (found) => clear.get(found) ?? found)) as Answer;
  }

  private async opened(text: string, field?: string): Promise<string> {
    const opened = await this.cipher.open(text, field === undefined ? {} : { field });
    return opened === ERASED ? ERASED_TEXT : opened;
  }
}

/** A copy of plain data with every text changed. What is no plain object or list (a date, a bigint) stays as it is. */
function walk(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((entry) => walk(entry, change));
  if (typeof value !== 'object' || value === null) return value;
  if (Object.getPrototypeOf(value) !== Object.prototype) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, walk(entry, change)]));
}

type Change = (text: string, keyId: string, field: string) => Promise<string>;

async function each(schema: TSchema, data: object, change: Change): Promise<object> {
  const fields = personalFields(schema);
  if (fields.length === 0) return data;
  const copy = structuredClone(data);
  const changes = fields.flatMap(({ path, keyIn }) => {
    const field = path.filter((step) => step !== '*').join('/');
    return [...places(copy, path, keyIn, undefined)].map(async ({ holder, name, keyId }) => {
      holder[name] = await change(holder[name] as string, keyId, field);
    });
  });
  await Promise.all(changes);
  return copy;
}

interface Place {
  readonly holder: Record<string, unknown>;
  readonly name: string;
  readonly keyId: string;
}

/** The places in the data that a path leads to; an optional field that is absent has none. */
function* places(value: unknown, path: readonly string[], keyIn: string, around: unknown): Generator<Place> {
  const [step, ...rest] = path;
  if (value === undefined || step === undefined) return;
  if (step === '*') {
    for (const entry of value as unknown[]) yield* places(entry, rest, keyIn, around);
    return;
  }
  const holder = value as Record<string, unknown>;
  const keyId = holder[keyIn] ?? around;
  if (rest.length > 0) {
    yield* places(holder[step], rest, keyIn, keyId);
  } else if (typeof holder[step] === 'string') {
    if (typeof keyId !== 'string') throw new BrokenInvariant(`The personal field ${step} has no ${keyIn}.`);
    yield { holder, name: step, keyId };
  }
}
