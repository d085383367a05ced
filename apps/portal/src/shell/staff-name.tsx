import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { useMe } from './use-session.js';

/** Who acted: a person of the agency, or the system by itself. */
export function StaffName({ actor }: { readonly actor: string }) {
  const say = useText(shellWords);
  const { userId, loginName } = useMe();
  if (actor === `user:${userId}`) return <>{loginName ?? say('you')}</>;
  if (actor.startsWith('user:')) return <>{say('staffMember', { number: actor.slice(-6).toUpperCase() })}</>;
  return <>{say('system')}</>;
}
