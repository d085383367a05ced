import { eachConcurrently, type EventSource, type EventStore } from '@provident/event-store';
import {
  type BusinessDate,
  causedBy,
  type CommandContext,
  deterministicId,
  DomainError,
  type ParameterReference,
  type Rate,
  yearOf,
} from '@provident/kernel';
import { account } from './account.js';
import type { YearClosing } from './commands.js';
import { LIMITS } from './limits.js';

/** What a year is closed with: its record rate and where that comes from. */
export interface YearTerms {
  readonly year: number;
  readonly rate: Rate;
  readonly parameter: ParameterReference;
}

/** A year is closed after its end: until then it goes on taking credits. Throws `year-not-over`. */
export function checkYearOver(year: number, today: BusinessDate): void {
  if (yearOf(today) > year) return;
  throw new DomainError(
    'year-not-over',
    `The year ${year} is not over on ${today}.`,
    '劳办发〔1997〕116号: interest is posted on the record of the whole year.',
    `Close it from ${year + 1}-01-01 on.`,
    { year },
  );
}

/**
 * Closes the year of every registered person's account, many at a time. The people are read from the log itself, so none
 * is left out; an account without a credit stays as it is. Running it again closes only what is still open.
 */
export async function closeAccounts(
  store: EventStore,
  log: EventSource,
  terms: YearTerms,
  context: CommandContext,
  onProgress: (done: number) => void,
): Promise<YearClosing> {
  let accounts = 0;
  let closed = 0;
  let position: bigint | undefined;
  await eachConcurrently(registeredPeople(log), LIMITS.closingsUnderWay, async (personId) => {
    const result = await store.execute(
      account,
      personId,
      { type: 'CloseYear', personId, ...terms },
      causedBy(context, deterministicId('close-year', context.area, String(terms.year), personId)),
    );
    accounts += 1;
    if (result.events.length > 0) closed += 1;
    if (result.position !== undefined && (position === undefined || result.position > position)) {
      position = result.position;
    }
    onProgress(accounts);
  });
  return { accounts, closed, position };
}

async function* registeredPeople(log: EventSource): AsyncGenerator<string> {
  for await (const batch of log.batches({ types: ['PersonRegistered'], live: false, maxBatch: 500 })) {
    for (const event of batch) yield (event.data as { personId: string }).personId;
  }
}
