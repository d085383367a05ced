import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { EventStoreDBClient } from '@eventstore/db-client';
import type { StoreAnswer, StoreOrder, Usage } from './store-process.js';

/** A server in a process of its own with one official client. */
export class RunningStore {
  private constructor(
    private readonly child: ChildProcess,
    readonly client: EventStoreDBClient,
    /** From the order to start until it listens. */
    readonly openMs: number,
    readonly url: string,
  ) {}

  static async start(order: StoreOrder): Promise<RunningStore> {
    const child = fork(join(__dirname, 'store-process.js'), { execArgv: ['--max-semi-space-size=64'] });
    const ready = answerOf(child);
    child.send(order);
    const answer = await ready;
    if (answer.kind !== 'ready') throw new Error('The measured server answered before it was ready.');
    return new RunningStore(child, EventStoreDBClient.connectionString(answer.url), answer.openMs, answer.url);
  }

  async usage(): Promise<Usage> {
    const pending = answerOf(this.child);
    this.child.send('usage');
    const answer = await pending;
    if (answer.kind !== 'usage') throw new Error('The measured server told something else than its usage.');
    return answer;
  }

  async stop(): Promise<void> {
    await this.client.dispose();
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.send('stop');
    await ended;
  }
}

function answerOf(child: ChildProcess): Promise<StoreAnswer> {
  return new Promise((resolve, reject) => {
    const exited = (code: number | null): void =>
      reject(new Error(`The measured server ended with code ${code ?? 'none'}.`));
    child.once('exit', exited);
    child.once('message', (answer: StoreAnswer) => {
      child.off('exit', exited);
      resolve(answer);
    });
  });
}
