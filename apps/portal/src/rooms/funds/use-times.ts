import { useSearchParams } from 'react-router';

/** "Effective on a day, as known at a time": kept in the address, so that a figure can be sent on and found again. */
export interface Times {
  /** Today when absent. */
  readonly asOf?: string;
  /** Everything known now when absent. */
  readonly knownAt?: string;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function useTimes(): { times: Times; change: (times: Times) => void; query: string } {
  const [parameters, setParameters] = useSearchParams();
  const [asOf, knownAt] = ['asOf', 'knownAt'].map((name) => {
    const text = parameters.get(name);
    return text !== null && DAY.test(text) ? text : undefined;
  });
  const times: Times = { ...(asOf === undefined ? {} : { asOf }), ...(knownAt === undefined ? {} : { knownAt }) };
  return {
    times,
    query: queryOf(times),
    change: (next) => {
      const kept = [...parameters].filter(([name]) => name !== 'asOf' && name !== 'knownAt');
      setParameters(new URLSearchParams([...kept, ...Object.entries(next)] as string[][]), { replace: true });
    },
  };
}

/** The values as the end of an address; '' where there are none. */
export function queryOf(values: Readonly<Record<string, string | undefined>> | Times): string {
  const set = Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
}
