import type { components } from './office.js';

type Me = components['schemas']['MeAnswer'];
type Tokens = components['schemas']['TokensAnswer'];

/**
 * Who is signed in on this page. The access token lives in this module's memory and nowhere else; what renews it is an
 * HttpOnly cookie that scripts cannot read and that other sites' pages cannot send.
 */
export type Session =
  | { readonly kind: 'opening' }
  | { readonly kind: 'closed'; readonly why?: 'over' | 'signed-out' }
  | { readonly kind: 'open'; readonly me: Me };

/** An access token this close to its end is renewed before it is used. */
const RENEW_BEFORE_MS = 30_000;

let session: Session = { kind: 'opening' };
let token: { readonly text: string; readonly goodUntilMs: number } | undefined;
let renewing: Promise<boolean> | undefined;
const listeners = new Set<() => void>();
const otherTabs = new BroadcastChannel('provident.session');
otherTabs.onmessage = () => close('signed-out');

export function currentSession(): Session {
  return session;
}

export function watchSession(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes on with the session that this browser still has, if it has one. */
export async function resume(): Promise<void> {
  if (!(await renew())) change({ kind: 'closed' });
}

/** Takes the tokens that a sign-in answered. */
export async function begin(tokens: Tokens): Promise<void> {
  take(tokens);
  await learnWho();
}

export async function signOut(): Promise<void> {
  await authorised(new Request('/api/access/sign-out', { method: 'POST' })).catch(() => undefined);
  otherTabs.postMessage('signed out');
  close('signed-out');
}

/** Sends a request of the signed-in user; renews an expired token once, and ends the session here when that fails. */
export async function authorised(request: Request): Promise<Response> {
  if (token !== undefined && token.goodUntilMs < performance.now()) await renew();
  const answer = await fetch(bearing(request.clone()));
  if (answer.status !== 401) return answer;
  if (await renew()) return fetch(bearing(request));
  close('over');
  return answer;
}

function bearing(request: Request): Request {
  if (token !== undefined) request.headers.set('authorization', `Bearer ${token.text}`);
  return request;
}

/** One renewal at a time, in all tabs together: a token that renews is good for one use. */
function renew(): Promise<boolean> {
  renewing ??= alone(renewNow).finally(() => {
    renewing = undefined;
  });
  return renewing;
}

async function alone(work: () => Promise<boolean>): Promise<boolean> {
  // Locks exist where the connection is safe: over TLS, and on the machine itself.
  if (!('locks' in navigator)) return work();
  return navigator.locks.request<Promise<boolean>>('provident.renewal', work);
}

async function renewNow(): Promise<boolean> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch('/api/access/refresh', { method: 'POST', headers, body: '{}' });
  if (!answer.ok) return false;
  take((await answer.json()) as Tokens);
  if (session.kind !== 'open') await learnWho();
  return true;
}

function take({ accessToken, expiresInSeconds }: Tokens): void {
  token = { text: accessToken, goodUntilMs: performance.now() + expiresInSeconds * 1_000 - RENEW_BEFORE_MS };
}

async function learnWho(): Promise<void> {
  const answer = await fetch(bearing(new Request('/api/access/me')));
  if (answer.ok) change({ kind: 'open', me: (await answer.json()) as Me });
  else close('over');
}

function close(why: 'over' | 'signed-out'): void {
  token = undefined;
  if (session.kind !== 'closed') change({ kind: 'closed', why });
}

function change(next: Session): void {
  session = next;
  for (const listener of listeners) listener();
}
