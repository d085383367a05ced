import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../api/client.js';

/* Names of employers, asked for together: what is wanted within one moment goes as one request. */

const MOST_AT_ONCE = 200;
let wanted = new Set<string>();
let asking: Promise<ReadonlyMap<string, string>> | undefined;

function nameOf(code: string): Promise<string | null> {
  wanted.add(code);
  asking ??= new Promise((resolve, reject) => {
    setTimeout(() => {
      const codes = [...wanted];
      wanted = new Set();
      asking = undefined;
      allNames(codes).then(resolve, reject);
    }, 10);
  });
  return asking.then((names) => names.get(code) ?? null);
}

async function allNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (let first = 0; first < codes.length; first += MOST_AT_ONCE) {
    const query = { codes: codes.slice(first, first + MOST_AT_ONCE).join(',') };
    const found = await answered(office.GET('/api/employer-names', { params: { query } }));
    for (const { creditCode, name } of found) names.set(creditCode, name);
  }
  return names;
}

/** What an employer is called; its credit code while the name is on its way, and where it has none. */
export function EmployerName({ code }: { readonly code: string }) {
  const name = useQuery({ queryKey: ['employer-name', code], queryFn: () => nameOf(code), staleTime: Infinity });
  return <span title={code}>{name.data ?? code}</span>;
}
