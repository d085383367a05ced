import type { EventStoreDBClient } from '@eventstore/db-client';
import {
  type CallOptions,
  Client,
  type ClientDuplexStream,
  type ClientReadableStream,
  type Metadata,
} from '@grpc/grpc-js';
import { invariant } from '@provident/kernel';

const STREAMS = '/event_store.client.streams.Streams';

/** Messages go through gRPC as they are: encoding and decoding is done before and after. */
const asBytes = (bytes: Buffer): Buffer => bytes;

/** An open call, and the client to name when it fails. */
export interface Opened<Call> {
  readonly call: Call;
  readonly client: Client;
}

/**
 * What is used of the official client's inner parts; it declares them protected, that is, as meant for classes that build
 * on it. Its version is pinned, and the constructor below notices when one of them is gone.
 */
interface ClientParts {
  execute<T>(type: typeof Client, name: string, action: (client: Client) => Promise<T>): Promise<T>;
  callArguments(options: object, callOptions: CallOptions): [Metadata, CallOptions];
  handleError(client: Client, error: Error): Promise<void>;
}

/**
 * The official client's connection, for calls of our own: it resolves the connection string, finds the cluster's leader,
 * encrypts, authenticates, and replaces a channel that broke.
 */
export class Connection {
  private readonly parts: ClientParts;
  private readonly calls = new Set<OpenCall>();
  private recovery: Promise<void> = Promise.resolve();

  constructor(official: EventStoreDBClient) {
    this.parts = official as unknown as ClientParts;
    for (const part of ['execute', 'callArguments', 'handleError'] as const) {
      invariant(typeof this.parts[part] === 'function', `@eventstore/db-client no longer has ${part}.`);
    }
  }

  /** Opens the call that appends travel on, in both directions. */
  async openAppends(): Promise<Opened<ClientDuplexStream<Buffer, Buffer>>> {
    const { client, metadata, options } = await this.basis();
    const call = client.makeBidiStreamRequest(`${STREAMS}/BatchAppend`, asBytes, asBytes, metadata, options);
    this.track(call);
    return { call, client };
  }

  /** Opens a read or a subscription. */
  async openRead(request: Buffer): Promise<Opened<ClientReadableStream<Buffer>>> {
    const { client, metadata, options } = await this.basis();
    const call = client.makeServerStreamRequest(`${STREAMS}/Read`, asBytes, asBytes, request, metadata, options);
    this.track(call);
    return { call, client };
  }

  /** Tells the official client of a failed call, so that it replaces a lost connection before the next one is made. */
  report(client: Client, error: Error): Promise<void> {
    this.recovery = this.recovery.then(() => this.parts.handleError(client, error)).catch(() => undefined);
    return this.recovery;
  }

  /** Ends every open call; to those who wait for it, it failed. */
  cancelAll(): void {
    for (const call of this.calls) call.cancel();
  }

  /** The present channel, with the headers and credentials of a call. Deadlines are enforced by those who wait. */
  private async basis(): Promise<{ client: Client; metadata: Metadata; options: CallOptions }> {
    await this.recovery;
    const client = await this.parts.execute(Client, 'streams', (each) => Promise.resolve(each));
    const [metadata, options] = this.parts.callArguments({}, { deadline: Infinity });
    return { client, metadata, options };
  }

  private track(call: OpenCall): void {
    this.calls.add(call);
    // The last thing that a call says, however it ends.
    call.once('status', () => this.calls.delete(call));
  }
}

type OpenCall = ClientReadableStream<Buffer> | ClientDuplexStream<Buffer, Buffer>;
