import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

/** What the provider does otherwise than it should, for one sign-in. */
export interface Mischief {
  readonly header?: Record<string, unknown>;
  readonly claims?: Record<string, unknown>;
  /** Signs with a key that it does not publish. */
  readonly otherKey?: boolean;
  /** Leaves the signature out. */
  readonly unsigned?: boolean;
}

interface Code {
  readonly challenge: string;
  readonly nonce: string;
  readonly subject: string;
  readonly redirectUri: string;
}

/** A small OpenID Connect provider over HTTP: discovery, keys, authorization code with PKCE, signed identity tokens. */
export class IdentityProvider {
  readonly clientId = 'provident';
  readonly clientSecret = 'the-client-secret';
  mischief: Mischief = {};
  /** Who is signed in at the provider. */
  subject = 'subject-1';
  keySetRequests = 0;
  private readonly codes = new Map<string, Code>();

  private constructor(
    private readonly server: Server,
    private readonly keys: { ours: CryptoKey; jwk: JWK; other: CryptoKey },
  ) {}

  static async start(): Promise<IdentityProvider> {
    const [pair, other] = [await generateKeyPair('ES256', { extractable: true }), await generateKeyPair('ES256')];
    const jwk = { ...(await exportJWK(pair.publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    const server = createServer();
    const provider = new IdentityProvider(server, { ours: pair.privateKey, jwk, other: other.privateKey });
    server.on('request', (request, response) => void provider.answer(request, response));
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((done) => this.server.close(() => done()));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', this.issuer);
    const json = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        json(200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          code_challenge_methods_supported: ['S256'],
        });
        return;
      case '/keys':
        this.keySetRequests += 1;
        json(200, { keys: [this.keys.jwk] });
        return;
      case '/authorize':
        response.writeHead(302, { location: this.authorize(url.searchParams) }).end();
        return;
      case '/token':
        return this.token(request, new URLSearchParams(await textOf(request)), json);
      default:
        json(404, {});
    }
  }

  private authorize(query: URLSearchParams): string {
    const asked = (name: string): string => query.get(name) ?? '';
    if (asked('code_challenge_method') !== 'S256' || asked('client_id') !== this.clientId) return 'about:blank';
    const code = randomBytes(16).toString('hex');
    const redirectUri = asked('redirect_uri');
    this.codes.set(code, {
      ...{ challenge: asked('code_challenge'), nonce: asked('nonce') },
      ...{ subject: this.subject, redirectUri },
    });
    return `${redirectUri}?${new URLSearchParams({ code, state: asked('state') }).toString()}`;
  }

  private async token(
    request: IncomingMessage,
    form: URLSearchParams,
    json: (status: number, body: unknown) => void,
  ): Promise<void> {
    const code = this.codes.get(form.get('code') ?? '');
    this.codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    const [, credentials = ''] = /^Basic (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    const [id, secret] = Buffer.from(credentials, 'base64').toString().split(':').map(decodeURIComponent);
    const isClient = id === this.clientId && secret === this.clientSecret;
    if (!isClient || code?.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) {
      json(400, { error: 'invalid_grant' });
      return;
    }
    const id_token = await this.identityToken(code);
    json(200, { access_token: 'x', token_type: 'Bearer', expires_in: 60, id_token });
  }

  private async identityToken({ nonce, subject }: Code): Promise<string> {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: this.clientId, sub: subject, nonce, iat: now, exp: now + 60 };
    const header = { alg: 'ES256', kid: 'k1', ...this.mischief.header } as { alg: string };
    const body = { ...claims, ...this.mischief.claims };
    if (this.mischief.unsigned === true) {
      const part = (content: object): string => Buffer.from(JSON.stringify(content)).toString('base64url');
      return `${part({ ...header, alg: 'none' })}.${part(body)}.`;
    }
    const key = this.mischief.otherKey === true ? this.keys.other : this.keys.ours;
    return new SignJWT(body).setProtectedHeader(header).sign(key);
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
