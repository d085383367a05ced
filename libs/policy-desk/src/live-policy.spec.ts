import { setImmediate as turn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { EventSource, EventStore, LogReader, StoreClient } from '@provident/event-store';
import { businessDate } from '@provident/kernel';
import { loadPolicy, type PolicyChangeState } from '@provident/policy';
import { LivePolicy } from './live-policy.js';

const AREA = '310000';

/** A store that holds one approved change of the record rate in each of some areas, and counts its readings. */
class SmallStore {
  readonly read: string[] = [];
  readonly rates = new Map<string, string>();

  load(_: unknown, area: string): Promise<{ state: PolicyChangeState; revision: bigint }> {
    this.read.push(area);
    const value = this.rates.get(area);
    if (value === undefined) return Promise.resolve({ state: { proposals: {}, approved: [] }, revision: -1n });
    const content = {
      ...{ proposalId: area, parameter: 'account.record_rate', area, from: businessDate('2026-01-01'), value },
      ...{ basis: { document: 'notice' }, source: 'notice', reason: 'yearly' },
      ...{ confidence: 'official' as const, proposer: 'clerk:li' },
    };
    return Promise.resolve({
      state: { proposals: { [area]: { content, status: 'approved' } }, approved: [area] },
      revision: BigInt(value.length),
    });
  }
}

function livePolicy(store: SmallStore, batches: EventSource['batches']): LivePolicy {
  const client = { head: () => Promise.resolve(7n) } as unknown as StoreClient;
  const log = { batches } as LogReader;
  return new LivePolicy(store as unknown as EventStore, client, log, AREA, loadPolicy());
}
const rateOf = (policy: LivePolicy, area: string) =>
  policy.book.parameter('account.record_rate', area, businessDate('2026-06-30')).content;

describe('the policy in force', () => {
  it('reads its own area and those around it before it serves, and others when asked', async () => {
    const store = new SmallStore();
    store.rates.set('000000', '0.02').set('440300', '0.021');
    const policy = livePolicy(store, async function* () {
      // Nothing happens.
    });
    await policy.onModuleInit();
    expect([store.read.toSorted(), rateOf(policy, AREA)]).toEqual([['000000', AREA], '0.02']);
    expect(rateOf(policy, '440300')).toBe('0.02');
    await policy.include('440300');
    expect(rateOf(policy, '440300')).toBe('0.021');
    await policy.include('440300');
    expect(store.read.filter((area) => area === '440300')).toHaveLength(1);
    await policy.onModuleDestroy();
  });

  it('follows the log from where it stood before it read', async () => {
    const store = new SmallStore();
    let asked: unknown;
    const policy = livePolicy(store, async function* (options) {
      asked = { after: options.after, live: options.live };
      await turn();
      store.rates.set(AREA, '0.025');
      yield [{ stream: `policy-${AREA}` }] as never;
    });
    await policy.onModuleInit();
    expect(() => rateOf(policy, AREA)).toThrow('No value of account.record_rate');
    await turn();
    await policy.onModuleDestroy();
    expect([asked, rateOf(policy, AREA)]).toEqual([{ after: 7n, live: true }, '0.025']);
  });

  it('gives no book any more when it cannot follow', async () => {
    const silent = jest.spyOn(Logger.prototype, 'error').mockReturnValue(undefined);
    const policy = livePolicy(new SmallStore(), async function* () {
      await turn();
      throw new Error('The log is of a newer program.');
    });
    await policy.onModuleInit();
    await turn();
    await policy.onModuleDestroy();
    expect(() => policy.book).toThrow('The log is of a newer program.');
    silent.mockRestore();
  });
});
