import { ADMINS, type User } from './user.js';

/** What may be allowed or forbidden on a stream; `$$name` is asked about as metadata of `name`. */
export type StreamAction = 'read' | 'write' | 'delete' | 'readMetadata' | 'writeMetadata';

const aclKeys: Record<StreamAction, string> = {
  read: '$r',
  write: '$w',
  delete: '$d',
  readMetadata: '$mr',
  writeMetadata: '$mw',
};

/** Everybody who signed in. Who did not has no access to any stream, as on the real server. */
const EVERYONE = '$all';

/**
 * Whether `user` may do `action` on `stream` under the stream's `$acl`, or, where that has no rule, under the defaults. Without a
 * rule in either, system streams and $all belong to the administrators and other streams to everybody; administrators may do
 * everything.
 */
export function isAllowed(
  user: User | undefined,
  action: StreamAction,
  stream: string,
  acl: unknown,
  defaults?: unknown,
): boolean {
  if (!user) return false;
  if (user.roles.includes(ADMINS)) return true;
  const roles = rolesOf(acl, aclKeys[action]) ??
    rolesOf(defaults, aclKeys[action]) ?? [stream.startsWith('$') ? ADMINS : EVERYONE];
  return roles.some((role) => role === EVERYONE || user.roles.includes(role));
}

/** A rule is one role or a list of them; anything else counts as no rule. */
function rolesOf(acl: unknown, key: string): string[] | undefined {
  if (typeof acl !== 'object' || acl === null) return undefined;
  const rule = (acl as Record<string, unknown>)[key];
  if (typeof rule === 'string') return [rule];
  return Array.isArray(rule) ? rule.filter((role) => typeof role === 'string') : undefined;
}
