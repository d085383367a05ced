/**
 * Works through a list with at most `limit` items under way: so many workers take one item after the other. After a
 * failure no new item is taken; what is under way ends, then the first failure is thrown.
 */
export async function eachConcurrently<T>(
  items: Iterable<T> | AsyncIterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const source = Symbol.asyncIterator in items ? items[Symbol.asyncIterator]() : items[Symbol.iterator]();
  let failure: { error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    while (failure === undefined) {
      const next = await source.next();
      if (next.done === true) return;
      await work(next.value);
    }
  };
  const guarded = (): Promise<void> =>
    worker().catch((error: unknown) => {
      failure ??= { error };
    });
  await Promise.all(Array.from({ length: limit }, guarded));
  await source.return?.();
  // The assignment happens in another function, which the compiler does not follow.
  const outcome = failure as { error: unknown } | undefined;
  if (outcome !== undefined) throw outcome.error;
}
