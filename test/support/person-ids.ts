import type { INestApplicationContext } from '@nestjs/common';
import { PersonIndex } from '@provident/access';
import { citizenNumber } from './invented.js';

/** The index of ledgers in memory, which have no vault. */
export const memoryIndex = new PersonIndex(Buffer.alloc(32, 7));

/** Ids of invented people, as the index of an open application gives them. */
export function personIds(app: INestApplicationContext, ...places: readonly number[]): string[] {
  const index = app.get(PersonIndex, { strict: false });
  return places.map((place) => index.personIdOf(citizenNumber(place)));
}
