import { randomUUID } from 'node:crypto';
import { errors, type JWTHeaderParameters, jwtVerify, SignJWT } from 'jose';
import { LIMITS } from '../limits.js';
import { notSignedIn } from '../refusal.js';
import type { SigningKeys } from './signing-keys.js';

const ISSUER = 'provident';
const ALGORITHM = 'EdDSA';
/** RFC 9068: tells an access token from any other token that the same key may have signed. */
const TYPE = 'at+jwt';

export interface AccessToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

export interface Bearer {
  readonly userId: string;
  readonly sessionId: string;
}

/** Short-lived signed statements of who has signed in. They carry no rights: those are asked for at every request. */
export class AccessTokens {
  constructor(
    private readonly keys: SigningKeys,
    /** Whom the tokens are for: a token of one pooling area's ledger is not taken by another's. */
    private readonly audience: string,
    private readonly now: () => Date,
  ) {}

  async issue({ userId, sessionId }: Bearer): Promise<AccessToken> {
    const { kid, privateKey } = await this.keys.signing();
    const issuedAt = Math.floor(this.now().getTime() / 1_000);
    const token = await new SignJWT({ sid: sessionId })
      .setProtectedHeader({ alg: ALGORITHM, kid, typ: TYPE })
      .setIssuer(ISSUER)
      .setAudience(this.audience)
      .setSubject(userId)
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + LIMITS.accessTokenSeconds)
      .sign(privateKey);
    return { token, expiresInSeconds: LIMITS.accessTokenSeconds };
  }

  /** Who the token says it is. Throws `not-signed-in` for one that is forged, altered, expired or meant for another. */
  async verify(token: string): Promise<Bearer> {
    try {
      const { payload } = await jwtVerify(token, (header) => this.keyOf(header), {
        ...{ issuer: ISSUER, audience: this.audience, typ: TYPE, algorithms: [ALGORITHM] },
        requiredClaims: ['sub', 'sid', 'exp', 'iat'],
        currentDate: this.now(),
      });
      const { sub, sid } = payload;
      if (typeof sub !== 'string' || typeof sid !== 'string') throw notSignedIn();
      return { userId: sub, sessionId: sid };
    } catch (error) {
      // What jose finds wrong with the token is the caller's; everything else - the vault is away - is ours.
      if (error instanceof errors.JOSEError) throw notSignedIn();
      throw error;
    }
  }

  private async keyOf({ kid }: JWTHeaderParameters) {
    const key = kid === undefined ? undefined : await this.keys.verifying(kid);
    if (key === undefined) throw notSignedIn();
    return key;
  }
}
