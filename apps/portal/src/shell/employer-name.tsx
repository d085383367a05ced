import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../api/client.js';
import { batchedNames } from './names.js';

const nameOf = batchedNames(async (codes) => {
  const query = { codes: codes.join(',') };
  const found = await answered(office.GET('/api/employer-names', { params: { query } }));
  return new Map(found.map(({ creditCode, name }) => [creditCode, name]));
});

/** What an employer is called; its credit code while the name is on its way, and where it has none. */
export function EmployerName({ code }: { readonly code: string }) {
  const name = useQuery({ queryKey: ['employer-name', code], queryFn: () => nameOf(code), staleTime: Infinity });
  return <span title={code}>{name.data ?? code}</span>;
}
