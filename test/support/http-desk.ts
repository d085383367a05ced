import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { openTestLedger, type TestLedger } from './test-ledger.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A clerk's desk: the office's HTTP application, listening, and requests to it. */
export class HttpDesk {
  private constructor(
    readonly office: TestLedger,
    private readonly url: string,
  ) {}

  static async open(): Promise<HttpDesk> {
    const office = await openTestLedger(createHttpApplication);
    const app = office.ledger.app as NestFastifyApplication;
    await app.listen({ port: 0, host: '127.0.0.1' });
    return new HttpDesk(office, await app.getUrl());
  }

  get(path: string): Promise<Answer> {
    return this.send(path, { method: 'GET' });
  }

  post(path: string, body: object, headers: Record<string, string> = {}): Promise<Answer> {
    const json = { 'content-type': 'application/json', ...headers };
    return this.send(path, { method: 'POST', headers: json, body: JSON.stringify(body) });
  }

  /** Sends bytes as they are: files, and what is no right request at all. */
  postBytes(path: string, body: Buffer | string, type = 'text/csv'): Promise<Answer> {
    return this.send(path, { method: 'POST', headers: { 'content-type': type }, body });
  }

  /** An answer that is a file. */
  async download(path: string, request: { method?: string; headers?: Record<string, string>; body?: Buffer } = {}) {
    const { body, ...rest } = request;
    const sent = { ...rest, ...(body === undefined ? {} : { body: new Uint8Array(body) }) };
    const response = await fetch(this.url + path, sent);
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return { status: response.status, type, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  async send(path: string, request: { method: string; headers?: Record<string, string>; body?: Buffer | string }) {
    const { body, ...rest } = request;
    const response = await fetch(this.url + path, {
      ...rest,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return { status: response.status, type, body: (await response.json()) as Answer['body'] };
  }
}
