import { type ClientHttp2Session, connect, constants } from 'node:http2';
import type { FuzzCall } from './mutations.js';

const DEADLINE_MS = 400;
/** A call that has no answer by then hangs, which is a fault. */
const PATIENCE_MS = 20_000;

/** How a call ended: its gRPC code, a reset of its stream, or its connection's end. */
export type Ending =
  | `code ${number}`
  | `reset ${number}`
  | 'connection closed'
  | 'HTTP error'
  | 'subscription'
  | 'no answer';

/** Sends calls over one connection, which is opened again when the server closed it because of them. */
export class FuzzSession {
  private session: ClientHttp2Session | undefined;
  connections = 0;
  private sent = 0;

  constructor(private readonly port: number) {}

  send({ path, body }: FuzzCall): Promise<Ending> {
    const session = this.open();
    this.sent += 1;
    // A read may be a subscription, which goes on until its client leaves. Any other call must be ended by the server.
    const mayStay = path.endsWith('Streams/Read');
    const sends = /Read$|BatchAppend$/.test(path);
    return new Promise((resolve) => {
      const call = session.request({
        ':method': 'POST',
        ':path': path,
        'content-type': 'application/grpc',
        te: 'trailers',
        // A call that sends must end because it was sent to its end, and half of them by time as well.
        ...(sends && this.sent % 2 === 0 ? {} : { 'grpc-timeout': `${DEADLINE_MS}m` }),
      });
      let ending: Ending | undefined;
      const note = (headers: Record<string, unknown>): void => {
        const code = headers['grpc-status'];
        if (code !== undefined) ending = `code ${Number(code)}`;
        else if (headers[':status'] !== undefined && headers[':status'] !== 200) ending = 'HTTP error';
      };
      const leave = (reason: Ending): void => {
        ending ??= reason;
        call.close(constants.NGHTTP2_CANCEL);
      };
      const timer = setTimeout(() => leave('no answer'), PATIENCE_MS);
      let stay: NodeJS.Timeout | undefined;
      call.on('response', (headers) => {
        note(headers);
        if (mayStay) stay = setTimeout(() => leave('subscription'), DEADLINE_MS);
      });
      call
        .on('trailers', note)
        .on('error', () => undefined)
        .on('data', () => undefined);
      call.on('close', () => {
        clearTimeout(timer);
        clearTimeout(stay);
        resolve(ending ?? (session.destroyed || session.closed ? 'connection closed' : `reset ${call.rstCode}`));
      });
      call.end(body);
    });
  }

  close(): void {
    this.session?.destroy();
  }

  private open(): ClientHttp2Session {
    if (this.session && !this.session.closed && !this.session.destroyed) return this.session;
    this.connections += 1;
    this.session = connect(`http://127.0.0.1:${this.port}`);
    this.session.on('error', () => undefined);
    return this.session;
  }
}
