/** Writes what a batch came to; `undefined` where there is nothing to write. */
export type Write = (() => Promise<void>) | undefined;

/**
 * Takes batches one after the other: while one is being written, the next is read and prepared. Writes follow each other in
 * order, each begun when the one before it has succeeded. Throws the first failure, of whichever part, when the write that
 * was under way has ended.
 */
export async function writeBehind<Batch>(
  batches: AsyncIterable<Batch>,
  prepare: (batch: Batch) => Write | Promise<Write>,
): Promise<void> {
  const iterator = batches[Symbol.asyncIterator]();
  let writing: Promise<void> = Promise.resolve();
  try {
    for (;;) {
      const next = iterator.next();
      next.catch(() => undefined); // Awaited below, unless the write fails first.
      // Whichever comes first; a failed write must not wait for a batch that may never come.
      await Promise.race([next, writing]);
      const result: IteratorResult<Batch, unknown> = await next;
      if (result.done === true) break;
      const write = await prepare(result.value);
      if (write === undefined) continue;
      await writing;
      writing = write();
      writing.catch(() => undefined); // Awaited with the next batch or at the end.
    }
  } finally {
    // Not awaited: a source that waits for its next batch would hold us up.
    void iterator.return?.().catch(() => undefined);
    await writing;
  }
}
