import { setTimeout as delay } from 'node:timers/promises';
import type { Problem } from '@provident/http';
import { DomainError } from '@provident/kernel';

/** How long a service that does not answer is waited for, and how often it is asked. */
const WAIT_LIMIT_MS = 300_000;
const ASK_EVERY_MS = 250;

export interface Call {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer> | string;
}

/**
 * Asks services over HTTP as a user with a local account: signs in when it must, and anew when the token has run out. A
 * service that is away, or busy, is waited for and sent the same request again.
 */
export class SignedInCaller {
  private token: Promise<string> | undefined;

  constructor(
    private readonly signInUrl: string,
    private readonly account: { readonly name: string; readonly password: string },
  ) {}

  /** The answer's body. Throws a `DomainError` with the service's own words when it refuses. */
  async answer(url: string, call: Call): Promise<unknown> {
    for (;;) {
      const token = await this.signedIn();
      const headers = { ...call.headers, authorization: `Bearer ${token}` };
      const { status, body } = await settledAnswer(url, { ...call, headers });
      if (status < 400) return body;
      if (status !== 401) throw refusal(url, body as Problem);
      // Somebody else who asked with the same token may have signed in meanwhile.
      if ((await this.token) === token) this.token = undefined;
    }
  }

  /** The present access token, for whoever sends requests on his own. */
  signedIn(): Promise<string> {
    this.token ??= this.signIn().catch((error: unknown) => {
      this.token = undefined;
      throw error;
    });
    return this.token;
  }

  private async signIn(): Promise<string> {
    const url = `${this.signInUrl}/api/access/sign-in`;
    const { name, password } = this.account;
    const headers = { 'content-type': 'application/json' };
    const call = { method: 'POST', headers, body: JSON.stringify({ name, password }) } as const;
    const { status, body } = await settledAnswer(url, call);
    if (status !== 200) throw refusal(url, body as Problem);
    return (body as { accessToken: string }).accessToken;
  }
}

/** An answer that the same request would get again. */
async function settledAnswer(url: string, call: Call): Promise<{ status: number; body: unknown }> {
  const limit = performance.now() + WAIT_LIMIT_MS;
  for (;;) {
    const response = await fetch(url, call).catch((error: unknown) => {
      if (performance.now() > limit) throw error;
      return undefined;
    });
    const body: unknown = await response?.json().catch(() => undefined);
    if (response !== undefined && isFinal(response.status, body)) return { status: response.status, body };
    if (performance.now() > limit) throw new Error(`${url} has not answered within ${WAIT_LIMIT_MS} ms.`);
    await delay(ASK_EVERY_MS);
  }
}

/** Not from a process that is starting or busy, nor from one that lags, nor to a caller that is too quick. */
function isFinal(status: number, body: unknown): boolean {
  if (body === undefined || status === 503 || status === 429) return false;
  return status < 400 || !(body as Problem).type.endsWith(':read-position-timeout');
}

function refusal(url: string, { type, title, rule, remedy }: Problem): DomainError {
  const code = type.slice(type.lastIndexOf(':') + 1);
  return new DomainError(code, `${new URL(url).pathname}: ${title}`, rule ?? '', remedy ?? '');
}
