import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** Stands between a client and a server, to lose answers and connections at will. */
export class TcpProxy {
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((near) => this.join(near));
  private losesAnswers = false;
  private held: (() => void)[] | undefined;

  constructor(private readonly target: number) {}

  /** Listens on a free port and answers with the connection string. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `esdb://127.0.0.1:${(this.server.address() as AddressInfo).port}?tls=false`;
  }

  /** From now on the server hears the client, and the client does not hear the server. */
  loseAnswers(): void {
    this.losesAnswers = true;
  }

  /** From now on answers wait until `release`. */
  holdAnswers(): void {
    this.held = [];
  }

  release(): void {
    const held = this.held ?? [];
    this.held = undefined;
    for (const pass of held) pass();
  }

  /** Breaks every connection; new ones work in both directions. */
  cut(): void {
    this.losesAnswers = false;
    this.held = undefined;
    for (const socket of this.sockets) socket.destroy();
  }

  async stop(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(near: Socket): void {
    const far = connect(this.target, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (bytes) => {
        if (from === near) to.write(bytes);
        else if (this.held !== undefined) this.held.push(() => to.write(bytes));
        else if (!this.losesAnswers) to.write(bytes);
      });
      from.on('error', () => to.destroy());
      from.on('close', () => {
        this.sockets.delete(from);
        to.destroy();
      });
    }
  }
}
