import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../api/client.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { batchedNames } from './names.js';

const nameOf = batchedNames(async (ids) => {
  const found = await answered(office.GET('/api/users/names', { params: { query: { users: ids.join(',') } } }));
  return new Map(found.map(({ userId, name }) => [userId, name]));
});

/** Who acted: a person by the name of his account, or the system by itself. */
export function StaffName({ actor }: { readonly actor: string }) {
  const say = useText(shellWords);
  const [, userId] = /^user:(.+)$/.exec(actor) ?? [];
  return userId === undefined ? <>{say('system')}</> : <UserName userId={userId} />;
}

function UserName({ userId }: { readonly userId: string }) {
  const say = useText(shellWords);
  const name = useQuery({ queryKey: ['user-name', userId], queryFn: () => nameOf(userId), staleTime: Infinity });
  return <>{name.data ?? say('staffMember', { number: userId.slice(-6).toUpperCase() })}</>;
}

const ACTOR = /(user:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/;

/** A sentence of the system's in which people stand by their ids, with their names in their place. */
export function NamingPeople({ text }: { readonly text: string }) {
  return (
    <>
      {text.split(ACTOR).map((part, at) => (
        // A sentence does not change, so its parts keep their places.
        <span key={`${at}.${part}`}>{ACTOR.test(part) ? <StaffName actor={part} /> : part}</span>
      ))}
    </>
  );
}
