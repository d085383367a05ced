import { hash } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { BrokenInvariant, DomainError } from '@provident/kernel';
import * as oidc from 'openid-client';
import { LIMITS } from '../limits.js';
import { Refusal, signInRefused } from '../refusal.js';
import type { Vault } from '../vault/vault.js';

export interface ProviderOptions {
  /** The provider's address as its tokens name it: `https://…`; `http://` only on this machine itself. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret?: string;
  /** Our own address of the callback, as it is known to the provider. */
  readonly redirectUri: string;
  /** The one algorithm that its identity tokens are signed with; any that it announces when absent. */
  readonly algorithm?: string;
}

const TIMEOUT_SECONDS = 10;
const log = new Logger('Provider');

/**
 * Signing in at an OpenID Connect provider: discovery, authorization code with PKCE (S256), state and nonce. The library
 * checks issuer, audience, times, nonce and state; it is told to check the signature as well, although the token comes
 * over TLS.
 */
export class Provider {
  private discovered: Promise<oidc.Configuration> | undefined;

  constructor(
    private readonly vault: Vault,
    private readonly options: ProviderOptions,
    private readonly now: () => Date,
  ) {}

  get redirectUri(): string {
    return this.options.redirectUri;
  }

  /** Where to send the browser, and the secret that it brings back in a cookie: the same browser begins and ends. */
  async begin(): Promise<{ url: string; browserSecret: string }> {
    const config = await this.configuration();
    const [verifier, state] = [oidc.randomPKCECodeVerifier(), oidc.randomState()];
    const [nonce, browserSecret] = [oidc.randomNonce(), oidc.randomState()];
    await this.vault.run(
      'insert into provider_flow (state_hash, browser_hash, verifier, nonce, void_after) values ($1, $2, $3, $4, $5)',
      [hashed(state), hashed(browserSecret), verifier, nonce, this.after(LIMITS.providerFlowMs)],
    );
    const url = oidc.buildAuthorizationUrl(config, {
      ...{ redirect_uri: this.options.redirectUri, scope: 'openid', state, nonce },
      code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
    });
    return { url: url.href, browserSecret };
  }

  /**
   * The user whom the provider has proven. `query` is the callback's query string. A flow is finished once. Throws
   * `sign-in-refused` for anything that does not fit, `provider-unavailable` when the provider does not answer.
   */
  async finish(query: string, browserSecret: string): Promise<string> {
    const config = await this.configuration();
    const callback = new URL(this.options.redirectUri);
    callback.search = query;
    const state = callback.searchParams.get('state') ?? '';
    const flow = await this.vault.row<{ verifier: string; nonce: string; void_after: Date }>(
      'delete from provider_flow where state_hash = $1 and browser_hash = $2 returning verifier, nonce, void_after',
      [hashed(state), hashed(browserSecret)],
    );
    if (flow === undefined || flow.void_after <= this.now()) throw signInRefused();
    const tokens = await oidc
      .authorizationCodeGrant(config, callback, {
        ...{ pkceCodeVerifier: flow.verifier, expectedState: state, expectedNonce: flow.nonce },
        idTokenExpected: true,
      })
      .catch((error: unknown) => {
        throw refusalOf(error);
      });
    const claims = tokens.claims();
    if (claims === undefined) throw signInRefused();
    const user = await this.vault.row<{ user_id: string }>(
      'select user_id from federated_login where issuer = $1 and subject = $2',
      [claims.iss, claims.sub],
    );
    if (user === undefined) throw signInRefused();
    return user.user_id;
  }

  /** Lets a subject of the provider in as this user. Repeating it changes nothing; a subject stands for one user. */
  async link(subject: string, userId: string): Promise<void> {
    const { issuer } = this.options;
    await this.vault.run(
      `insert into federated_login (issuer, subject, user_id, linked_at) values ($1, $2, $3, $4)
       on conflict do nothing`,
      [issuer, subject, userId, this.now()],
    );
    const linked = await this.vault.row<{ user_id: string }>(
      'select user_id from federated_login where issuer = $1 and subject = $2',
      [issuer, subject],
    );
    if (linked?.user_id === userId) return;
    throw new DomainError(
      'provider-subject-already-linked',
      'This account of the provider lets another user in.',
      'An account of the provider stands for one person.',
      'Check the subject; the link of the other user is removed first.',
    );
  }

  /** Read once; a failure is not remembered, so that a provider that was away is found when it is back. */
  private configuration(): Promise<oidc.Configuration> {
    this.discovered ??= this.discover().catch((error: unknown) => {
      this.discovered = undefined;
      throw refusalOf(error);
    });
    return this.discovered;
  }

  private discover(): Promise<oidc.Configuration> {
    const { issuer, clientId, clientSecret, algorithm } = this.options;
    const address = new URL(issuer);
    const isLocal = address.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(address.hostname);
    if (address.protocol !== 'https:' && !isLocal) {
      throw new BrokenInvariant('The OpenID Connect provider must be reached by https.');
    }
    const metadata = algorithm === undefined ? {} : { id_token_signed_response_alg: algorithm };
    const proof = clientSecret === undefined ? oidc.None() : oidc.ClientSecretBasic(clientSecret);
    // The library marks the permission to speak http as dangerous; it is given for this machine's own addresses only.
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    const local = isLocal ? [oidc.allowInsecureRequests] : [];
    return oidc.discovery(address, clientId, metadata, proof, {
      execute: [oidc.enableNonRepudiationChecks, ...local],
      timeout: TIMEOUT_SECONDS,
    });
  }

  private after(ms: number): Date {
    return new Date(this.now().getTime() + ms);
  }
}

function hashed(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}

/** A provider that does not answer is not the user's fault; everything else is a sign-in that does not fit. */
function refusalOf(error: unknown): Error {
  if (error instanceof BrokenInvariant) return error;
  const { code, status } = error as { code?: string; status?: number };
  const isAway = isUnreachable(error) || (status !== undefined && status >= 500);
  // Codes of the library only: its messages may repeat what a token says of a person.
  log.warn(`The provider's answer was not taken: ${isAway ? 'it is away' : (code ?? 'it does not fit')}.`);
  if (!isAway) return signInRefused();
  return new Refusal(
    503,
    'provider-unavailable',
    'The identity provider does not answer.',
    'Whom it has signed in, only the provider can say.',
    'Try again in a moment.',
    { retryAfterSeconds: 10 },
  );
}

/** The connection failed or took too long: somewhere among the causes stands what `fetch` throws then. */
function isUnreachable(error: unknown): boolean {
  for (let cause = error; typeof cause === 'object' && cause !== null; cause = (cause as { cause?: unknown }).cause) {
    const { name, message } = cause as { name?: string; message?: string };
    if (name === 'TimeoutError' || message === 'fetch failed') return true;
  }
  return false;
}
