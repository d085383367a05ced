import { readFileSync } from 'node:fs';
import { Server, ServerCredentials, type ServerInterceptor } from '@grpc/grpc-js';
import { limits } from './limits.js';
import type { ServerOptions } from './options.js';

/** Where a server listens unless told otherwise, and the only place where it may without encryption. */
export const LOOPBACK = '127.0.0.1';
const loopbackHosts: readonly string[] = [LOOPBACK, 'localhost', '::1'];

/** @throws Error when the options would put an unprotected server on a network */
export function checkHost({ host = LOOPBACK, tls }: ServerOptions): string {
  if (!tls && !loopbackHosts.includes(host)) {
    throw new Error(
      `Without encryption the server listens on ${LOOPBACK} only, not on ${host}. Give it a certificate and a key.`,
    );
  }
  return host;
}

export function createServer(interceptors: ServerInterceptor[]): Server {
  return new Server({
    'grpc.max_receive_message_length': limits.messageBytes,
    'grpc.max_send_message_length': limits.messageBytes,
    interceptors,
  });
}

/** Opens the port and returns it. @throws Error when the port, the certificate or the key cannot be used */
export function listen(server: Server, options: ServerOptions): Promise<number> {
  const { port = 0, tls } = options;
  const host = checkHost(options);
  const address = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  const credentials = tls
    ? ServerCredentials.createSsl(null, [
        { private_key: readFileSync(tls.privateKeyFile), cert_chain: readFileSync(tls.certificateFile) },
      ])
    : ServerCredentials.createInsecure();
  return new Promise((resolve, reject) => {
    server.bindAsync(address, credentials, (error, bound) => {
      if (error) reject(new Error(`${address} cannot be opened: ${error.message}`, { cause: error }));
      else resolve(bound);
    });
  });
}

/** Lets answers leave; a client that does not take them is cut off after a while. */
export function shutDown(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.forceShutdown(), limits.stopMs);
    server.tryShutdown(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
