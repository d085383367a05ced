import { AsyncLocalStorage } from 'node:async_hooks';

/** What ties together everything that one request sets in motion. Filled in as it becomes known. */
export interface Conversation {
  readonly requestId: string;
  /** Span of the request itself, 16 hexadecimal digits: the parent of its command's span. */
  readonly spanId: string;
  correlationId?: string;
  commandId?: string;
}

const storage = new AsyncLocalStorage<Conversation>();

/** Runs the work as part of a conversation: what it logs carries the conversation's ids. */
export function within<Result>(conversation: Conversation, work: () => Result): Result {
  return storage.run(conversation, work);
}

/** The conversation under way; `undefined` outside of any request. */
export function conversation(): Conversation | undefined {
  return storage.getStore();
}

/** Takes down which command the request turned out to be. */
export function identify(ids: { readonly correlationId: string; readonly commandId: string }): void {
  const current = storage.getStore();
  if (current !== undefined) Object.assign(current, ids);
}
