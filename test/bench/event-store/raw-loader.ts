import { randomUUID } from 'node:crypto';
import { type ClientDuplexStream, Client, credentials } from '@grpc/grpc-js';
import { messages } from '@provident/embedded-event-store/protocol/requests';
import { contributions } from './workloads.js';

const EVENTS = 1_000;
const IN_FLIGHT = 6;
const passThrough = (bytes: Buffer): Buffer => bytes;

/**
 * Loads a large log over the protocol itself: the official client would be the bound. The events of a batch are encoded once;
 * each batch goes to the next of many streams with its exact revision, and the next is sent when the server has answered.
 */
export class RawLoader {
  static readonly batchEvents = EVENTS;
  private readonly client: Client;
  private readonly call: ClientDuplexStream<Buffer, Buffer>;
  private readonly events = encodedEvents();
  private readonly waiting: ((answer: Buffer | Error) => void)[] = [];
  private batches = 0;

  constructor(
    url: string,
    private readonly streams: number,
  ) {
    this.client = new Client(new URL(url).host, credentials.createInsecure());
    const path = '/event_store.client.streams.Streams/BatchAppend';
    this.call = this.client.makeBidiStreamRequest(path, passThrough, passThrough);
    this.call.on('data', (answer: Buffer) => this.waiting.shift()?.(answer));
    this.call.on('error', (error: Error) => {
      for (const refuse of this.waiting.splice(0)) refuse(error);
    });
  }

  /** Appends so many batches; events a second. @throws Error when one of them is refused */
  async load(batches: number): Promise<number> {
    const startedAt = performance.now();
    const end = this.batches + batches;
    const lane = async (): Promise<void> => {
      while (this.batches < end) await this.send(this.batches++);
    };
    await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
    return ((batches * EVENTS) / (performance.now() - startedAt)) * 1_000;
  }

  close(): void {
    this.call.end();
    this.client.close();
  }

  private async send(batch: number): Promise<void> {
    const round = Math.floor(batch / this.streams);
    const head = messages.batch.encode({
      correlationId: { string: randomUUID() },
      options: {
        streamIdentifier: { streamName: Buffer.from(`insured-${batch % this.streams}`) },
        ...(round === 0 ? { noStream: {} } : { streamPosition: round * EVENTS - 1 }),
      },
      isFinal: true,
    });
    const answer = await new Promise<Buffer | Error>((resolve) => {
      this.waiting.push(resolve);
      this.call.write(Buffer.concat([head, this.events]));
    });
    if (answer instanceof Error) throw answer;
    const { result } = messages.batchAnswer.decode(answer) as { readonly result?: string };
    if (result !== 'success') throw new Error(`The server refused batch ${batch} (${result ?? 'no result'}).`);
  }
}

/** The repeated field alone: bytes that may stand behind any head. */
function encodedEvents(): Buffer {
  const encode = (text: object): Buffer => Buffer.from(JSON.stringify(text));
  return messages.batch.encode({
    proposedMessages: contributions(EVENTS).map(({ id, type, data, metadata }) => ({
      id: { string: id },
      metadata: { type, 'content-type': 'application/json' },
      customMetadata: encode(metadata as object),
      data: encode(data as object),
    })),
  });
}
