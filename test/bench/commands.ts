import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { LoadOrder, LoadResult } from './http-load.js';

/** Sends a load from another process and waits for its figures. */
export async function httpLoad(order: LoadOrder): Promise<LoadResult> {
  const child = fork(join(__dirname, 'http-load.js'));
  try {
    return await new Promise<LoadResult>((resolve, reject) => {
      child.once('message', (result: LoadResult) => resolve(result));
      child.once('exit', (code) => reject(new Error(`The load generator ended with code ${code ?? 'none'}.`)));
      child.send(order);
    });
  } finally {
    child.kill();
  }
}
