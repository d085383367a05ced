import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { DomainError, type Month } from '@provident/kernel';
import type { Problem } from '@provident/http';
import type { CorrectedCredit, IdentifiedReceipt, StoryDesk, StoryRequest } from './story-desk.js';

/** How long a service that does not answer is waited for, and how often it is asked. */
const WAIT_LIMIT_MS = 300_000;
const ASK_EVERY_MS = 250;

interface Call {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
}

/**
 * The desk of the separate processes: commands go to a counter, questions to an enquiry. A process that is away is waited
 * for and sent the same request again, under the same Idempotency-Key.
 */
export class HttpStoryDesk implements StoryDesk {
  constructor(
    private readonly counterUrl: string,
    private readonly enquiryUrl: string,
  ) {}

  importEmployers(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/employers/imports', path, request);
  }

  importPeople(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/people/imports', path, request);
  }

  declare(employer: string, month: Month, path: string, request: StoryRequest): Promise<void> {
    return this.sendFile(`/api/employers/${employer}/declarations/${month}`, path, request);
  }

  importReceipts(path: string, request: StoryRequest): Promise<void> {
    return this.sendFile('/api/receipts', path, request);
  }

  identifyReceipt(receipt: IdentifiedReceipt, request: StoryRequest): Promise<void> {
    return this.send('/api/receipts/identifications', { ...receipt, identifiedOn: request.on }, request);
  }

  correctCredit(credit: CorrectedCredit, request: StoryRequest): Promise<void> {
    return this.send('/api/accounts/corrections', { ...credit, correctedOn: request.on }, request);
  }

  closeYear(year: number, request: StoryRequest): Promise<void> {
    return this.send('/api/accounts/year-closings', { year }, request);
  }

  async reactionsIdle(): Promise<void> {
    await this.settledPosition();
  }

  async settled(): Promise<void> {
    const position = await this.settledPosition();
    await this.ask(`/api/read-side?atLeast=${position}`);
  }

  /** A question to the enquiry. One with `atLeast` is asked until the read side is there. */
  async ask(path: string): Promise<unknown> {
    return answerOf(this.enquiryUrl + path, { method: 'GET' });
  }

  private async settledPosition(): Promise<string> {
    for (;;) {
      const found = await answerOf(`${this.counterUrl}/api/reactions`, { method: 'GET' });
      const { settled, position } = found as { settled: boolean; position: string };
      if (settled) return position;
    }
  }

  private async send(path: string, body: object, { key }: StoryRequest): Promise<void> {
    const headers = { 'content-type': 'application/json', 'idempotency-key': `story-${key}` };
    await answerOf(this.counterUrl + path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  private async sendFile(path: string, file: string, { on, key }: StoryRequest): Promise<void> {
    const type = extname(file) === '.csv' ? 'text/csv' : 'application/octet-stream';
    const headers = { 'content-type': type, 'idempotency-key': `story-${key}` };
    const body = new Uint8Array(await readFile(file));
    const answer = await answerOf(`${this.counterUrl}${path}?on=${on}`, { method: 'POST', headers, body });
    const { faults } = answer as { faults: number };
    if (faults === 0) return;
    throw new DomainError(
      'story-file-faulty',
      `${file}: ${faults} rows were refused.`,
      'A story runs on files without faults.',
      'Mend the file.',
    );
  }
}

async function answerOf(url: string, call: Call): Promise<unknown> {
  const limit = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const response = await fetch(url, call).catch((error: unknown) => {
      if (performance.now() > limit) throw error;
      return undefined;
    });
    const answer: unknown = await response?.json().catch(() => undefined);
    if (response?.ok === true && answer !== undefined) return answer;
    if (response !== undefined && isFinal(response.status, answer)) throw refusal(url, answer as Problem);
    if (performance.now() > limit) throw new Error(`${url} has not answered within ${WAIT_LIMIT_MS} ms.`);
    await delay(ASK_EVERY_MS);
  }
}

/** An answer that the same request would get again: not from a process that is starting, nor from one that lags. */
function isFinal(status: number, answer: unknown): boolean {
  if (answer === undefined || status === 503) return false;
  return !(answer as Problem).type.endsWith(':read-position-timeout');
}

function refusal(url: string, { type, title, rule, remedy }: Problem): DomainError {
  const code = type.slice(type.lastIndexOf(':') + 1);
  return new DomainError(code, `${new URL(url).pathname}: ${title}`, rule ?? '', remedy ?? '');
}
