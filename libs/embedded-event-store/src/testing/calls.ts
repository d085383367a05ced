import { randomUUID } from 'node:crypto';

// For any client: two clients in one process overwrite each other's generated messages, so this file loads none.

/** A stream name no other test uses. */
export const anyStream = (label = 'stream'): string => `${label}-${randomUUID()}`;

/** Everything a read or subscription yields, up to `limit`. */
export async function take<Item>(items: AsyncIterable<Item>, limit = Infinity): Promise<Item[]> {
  const taken: Item[] = [];
  if (limit === 0) return taken;
  for await (const item of items) {
    taken.push(item);
    if (taken.length >= limit) break;
  }
  return taken;
}

/** The error of a call that must fail. */
export async function failure(call: Promise<unknown>): Promise<Record<string, unknown> & Error> {
  try {
    await call;
  } catch (error) {
    return error as Record<string, unknown> & Error;
  }
  throw new Error('The call succeeded and should have failed.');
}
