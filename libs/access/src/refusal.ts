import { DomainError } from '@provident/kernel';

/** Who asks is not known or not let through. A domain error with the HTTP status that says so. */
export class Refusal extends DomainError {
  constructor(
    readonly status: 401 | 403 | 429 | 503,
    code: string,
    message: string,
    rule: string,
    remedy: string,
    details: Readonly<Record<string, string | number>> = {},
  ) {
    super(code, message, rule, remedy, details);
  }
}

export function notSignedIn(): Refusal {
  return new Refusal(
    401,
    'not-signed-in',
    'The request bears no valid access token.',
    'Every route but the public ones asks who calls.',
    'Sign in, or refresh the token, and send it as Authorization: Bearer <token>.',
  );
}

/** One answer for every way in which a sign-in fails, so that it tells nothing of who has an account. */
export function signInRefused(): Refusal {
  return new Refusal(
    401,
    'sign-in-refused',
    'The name or the password is wrong, or the account may not sign in.',
    'A sign-in that fails does not say why.',
    'Check both. An operator can issue a temporary password.',
  );
}

export function sessionOver(): Refusal {
  return new Refusal(
    401,
    'session-over',
    'The session is over.',
    'A session ends by signing out, by time, by a new password, and when a refresh token is used twice.',
    'Sign in again.',
  );
}

/** Too much in too short a time. `seconds` is how long to wait. */
export function tooMany(code: string, what: string, seconds: number): Refusal {
  return new Refusal(429, code, what, 'Tries are limited in number and time.', `Wait ${seconds} seconds.`, {
    retryAfterSeconds: seconds,
  });
}
