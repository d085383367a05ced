import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

/** Waits until something is so; how long it takes proves nothing. @throws Error that says what never happened */
export async function waitFor(what: string, isSo: () => boolean | Promise<boolean>): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (let attempt = 0; !(await isSo()); attempt += 1) {
    if (performance.now() > until) throw new Error(`Waited ${PATIENCE_MS} ms and it never came to pass: ${what}.`);
    // At first every turn of the loop, because most things happen at once.
    await (attempt < 20 ? new Promise((resolve) => setImmediate(resolve)) : sleep(2));
  }
}
