import { Client, credentials, type ServiceDefinition } from '@grpc/grpc-js';

const passThrough = (bytes: Buffer): Buffer => bytes;
/** A subscription would go on for ever; a fuzzed call is given this long. */
const CALL_MS = 300;

/** Sends bytes as the message of every kind of method and tells how each call ended: a gRPC code, 0 for success. */
export class FuzzClient {
  private readonly client: Client;

  constructor(port: number) {
    this.client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  }

  send(definition: ServiceDefinition, method: string, message: Buffer): Promise<number> {
    const { path, requestStream, responseStream } = definition[method] ?? {};
    if (path === undefined) throw new Error(`There is no method ${method}.`);
    const options = { deadline: Date.now() + CALL_MS };
    return new Promise((resolve) => {
      const done = (error: { code: number } | null): void => resolve(error?.code ?? 0);
      if (requestStream && responseStream) {
        const call = this.client.makeBidiStreamRequest(path, passThrough, passThrough, options);
        call
          .on('error', done)
          .on('data', () => undefined)
          .on('end', () => done(null));
        call.write(message);
        call.end();
      } else if (responseStream) {
        const call = this.client.makeServerStreamRequest(path, passThrough, passThrough, message, options);
        call
          .on('error', done)
          .on('data', () => undefined)
          .on('end', () => done(null));
      } else if (requestStream) {
        const call = this.client.makeClientStreamRequest(path, passThrough, passThrough, options, done);
        call.write(message);
        call.end();
      } else {
        this.client.makeUnaryRequest(path, passThrough, passThrough, message, options, done);
      }
    });
  }

  close(): void {
    this.client.close();
  }
}
