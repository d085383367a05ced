/** A call that stays open until one side ends it. */
export interface OpenCall {
  /** The server is going away: end the call with the code its kind has for that. */
  stop(): void;
}

/** The calls under way, so that a stopping server can end each with a code the client understands. */
export class OpenCalls {
  private readonly calls = new Set<OpenCall>();

  add(call: OpenCall): void {
    this.calls.add(call);
  }

  delete(call: OpenCall): void {
    this.calls.delete(call);
  }

  stopAll(): void {
    for (const call of [...this.calls]) call.stop();
  }
}
