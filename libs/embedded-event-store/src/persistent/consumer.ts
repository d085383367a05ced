import { Latencies } from './latencies.js';
import type { Message } from './message.js';

/** A client connected to a group. It takes messages up to its own buffer size and answers each by id. */
export interface Client {
  readonly peer: string;
  readonly username: string;
  readonly connectionName: string;
  readonly bufferSize: number;
  deliver(message: Message): void;
  /** Ends the connection because the group changed or went. */
  drop(): void;
}

export class Consumer {
  inFlight = 0;
  delivered = 0;
  /** Of its answers. */
  readonly latencies = new Latencies();

  constructor(readonly client: Client) {}

  get freeSlots(): number {
    return Math.max(0, this.client.bufferSize - this.inFlight);
  }
}
