import autocannon from 'autocannon';
import { citizenNumber, nameOf } from './payroll.js';

/** Runs in a process of its own, so that the load does not share the server's thread. */
export interface LoadOrder {
  readonly url: string;
  readonly connections: number;
  readonly seconds: number;
  /** Number of the first person to register; each request takes the next. */
  readonly firstPerson: number;
  /** Who sends them. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface LoadResult {
  readonly perSecond: number;
  readonly p99Ms: number;
  readonly faults: number;
  readonly requests: number;
  /** Answers by status code, to tell what failed. */
  readonly statuses: string;
}

async function load({ url, connections, seconds, firstPerson, headers }: LoadOrder): Promise<LoadResult> {
  let person = firstPerson;
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: [
      {
        method: 'POST',
        path: '/api/people',
        headers: { ...headers, 'content-type': 'application/json' },
        setupRequest(request) {
          person += 1;
          return { ...request, body: JSON.stringify({ citizenNumber: citizenNumber(person), name: nameOf(person) }) };
        },
      },
    ],
  });
  return {
    perSecond: result['2xx'] / result.duration,
    p99Ms: result.latency.p99,
    faults: result.non2xx + result.errors + result.timeouts,
    requests: person - firstPerson,
    statuses: JSON.stringify({ ...result.statusCodeStats, errors: result.errors, timeouts: result.timeouts }),
  };
}

process.on('message', (order: LoadOrder) => {
  load(order).then(
    (result) => process.send?.(result),
    (error: unknown) => {
      throw error;
    },
  );
});
