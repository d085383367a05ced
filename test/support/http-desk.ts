import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createHttpApplication } from '../../apps/office/src/http-application.js';
import { DESK_ROLES, type Holds, join, type SignedIn } from './people.js';
import { openTestLedger, type TestLedger } from './test-ledger.js';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** The office's HTTP application, listening, and requests to it: by somebody of the desk, where nobody else is named. */
export class HttpDesk {
  private people: { readonly desk: SignedIn; readonly reviewer: SignedIn; readonly approver: SignedIn } | undefined;

  private constructor(
    readonly office: TestLedger,
    private readonly url: string,
  ) {}

  static async open(options: { onDisk?: boolean } = {}): Promise<HttpDesk> {
    const office = await openTestLedger(createHttpApplication, undefined, options);
    const app = office.ledger.app as NestFastifyApplication;
    await app.listen({ port: 0, host: '127.0.0.1' });
    const desk = new HttpDesk(office, await app.getUrl());
    const [one, reviewer, approver] = [
      await desk.join(...DESK_ROLES),
      await desk.join('reviewer'),
      await desk.join('approver'),
    ];
    desk.people = { desk: one, reviewer, approver };
    return desk;
  }

  /** Who sends the requests for which nobody else is named: may do everything that is done at a desk. */
  get clerk(): SignedIn {
    return this.staff.desk;
  }

  private get staff() {
    if (this.people === undefined) throw new Error('Nobody is at the desk yet.');
    return this.people;
  }

  /** Lets somebody in who holds these roles; a known person where one is named. */
  join(...holds: readonly Holds[]): Promise<SignedIn> {
    return join(this.office.ledger.app, (body) => this.signIn(body), holds);
  }

  /** Gives a known person an account beside the roles that he has. */
  joinAs(personId: string, ...holds: readonly Holds[]): Promise<SignedIn> {
    return join(this.office.ledger.app, (body) => this.signIn(body), holds, personId);
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send(path, { method: 'GET', headers });
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
    const headers = { ...this.people?.desk.headers, ...rest.headers };
    const sent = { ...rest, headers, ...(body === undefined ? {} : { body: new Uint8Array(body) }) };
    const response = await fetch(this.url + path, sent);
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return { status: response.status, type, bytes: Buffer.from(await response.arrayBuffer()) };
  }

  /** Carries a case through three people and waits until it was carried out; answers the case as the desk shows it. */
  async settleCase(procedure: string, request: object, ...kinds: readonly string[]): Promise<Answer['body']> {
    const opened = await this.post('/api/cases', { procedure, request });
    if (opened.status !== 201) throw new Error(`The case was not opened: ${JSON.stringify(opened.body)}`);
    const path = `/api/cases/${String(opened.body['caseId'])}`;
    // Every document is the one that the request names, where it names one.
    const { documentHash: sha256 = 'a'.repeat(64) } = request as { readonly documentHash?: string };
    for (const kind of kinds) await this.post(`${path}/documents`, { kind, sha256 });
    const { evidence } = (await this.post(`${path}/documents`, { kind: kinds[0], sha256 })).body;
    await this.post(`${path}/reviews`, { evidence }, this.staff.reviewer.headers);
    await this.post(`${path}/approvals`, { evidence }, this.staff.approver.headers);
    const head = await this.office.head();
    return (await this.get(`/api/desk${path.slice(4)}?atLeast=${head}`)).body;
  }

  async send(path: string, request: { method: string; headers?: Record<string, string>; body?: Buffer | string }) {
    const { body, headers, ...rest } = request;
    const response = await fetch(this.url + path, {
      ...rest,
      headers: { ...this.people?.desk.headers, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
    });
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    const text = await response.text();
    return { status: response.status, type, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
  }

  private async signIn(body: object): Promise<unknown> {
    return (await this.post('/api/access/sign-in', body)).body;
  }
}
