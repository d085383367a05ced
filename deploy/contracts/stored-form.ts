import { SEALED_PATTERN } from '@provident/kernel';
import { type JsonSchema, mapInner } from './json-schema.js';

const PATTERN = `^${SEALED_PATTERN.replace(/[()]/g, '').replace('[0-9]+', '1')}$`;
/** What a sealed text has beside the text itself: its head, the id of its key, the name of its field, nonce and tag. */
const AROUND_CHARACTERS = 120;
/** A character takes at most three bytes in UTF-8 for each unit of its length, and three bytes take four of base64url. */
const CHARACTERS_EACH = 4;

/** The schema as the log holds it: personal fields are texts that only who has the key can open. */
export function storedForm({ personal, keyIn, ...schema }: JsonSchema): JsonSchema {
  if (personal !== true) return mapInner(schema, storedForm);
  const { description, maxLength } = schema as { description?: string; maxLength?: number };
  const limit = maxLength === undefined ? '' : `, of ${maxLength} characters at most`;
  const form = `personal: sealed under the key of ${String(keyIn)}; in it a text${limit}`;
  return {
    type: 'string',
    description: description === undefined ? form : `${description}; ${form}`,
    pattern: PATTERN,
    ...(maxLength === undefined ? {} : { maxLength: maxLength * CHARACTERS_EACH + AROUND_CHARACTERS }),
  };
}
