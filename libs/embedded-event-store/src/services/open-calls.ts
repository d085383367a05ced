import { status } from '@grpc/grpc-js';
import { limits } from '../limits.js';
import { ServiceError } from './service-error.js';

/** A call that stays open until one side ends it. */
export interface OpenCall {
  /** The server is going away: end the call with the code its kind has for that. */
  stop(): void;
}

/** The calls under way, so that a stopping server can end each with a code the client understands. */
export class OpenCalls {
  private readonly calls = new Map<OpenCall, string>();
  private readonly byConnection = new Map<string, number>();

  /**
   * @param peer address and port of the client's end, which name a connection
   * @throws ServiceError RESOURCE_EXHAUSTED when the connection has too many open already
   */
  add(call: OpenCall, peer: string): void {
    const open = this.byConnection.get(peer) ?? 0;
    if (open >= limits.openCallsPerConnection) {
      throw new ServiceError(
        status.RESOURCE_EXHAUSTED,
        `A connection may have ${limits.openCallsPerConnection} open reads, subscriptions and batches. Close some, or use another connection.`,
      );
    }
    this.calls.set(call, peer);
    this.byConnection.set(peer, open + 1);
  }

  delete(call: OpenCall): void {
    const peer = this.calls.get(call);
    if (peer === undefined) return;
    this.calls.delete(call);
    const left = (this.byConnection.get(peer) ?? 1) - 1;
    if (left === 0) this.byConnection.delete(peer);
    else this.byConnection.set(peer, left);
  }

  stopAll(): void {
    for (const call of [...this.calls.keys()]) call.stop();
  }
}
