import { useSyncExternalStore } from 'react';
import { currentSession, type Session, watchSession } from '../api/session.js';
import type { Role } from './rooms.js';

export function useSession(): Session {
  return useSyncExternalStore(watchSession, currentSession);
}

/** The signed-in user. Only the frame's own content asks, and that is shown to signed-in users alone. */
export function useMe() {
  const session = useSession();
  if (session.kind !== 'open') throw new Error('Nobody is signed in.');
  return session.me;
}

/** The roles that count today, lent ones included. */
export function useRoles(): readonly Role[] {
  return [...new Set(useMe().rights.map(({ role }) => role))];
}
