import type { ReadDatabase } from '@provident/projections';
import { testDatabase } from '@provident/projections/testing/test-database';
import { answersHold, promisesHold } from '../support/properties.js';

/** Another one every day, so that runs differ and a failure of the day can be repeated; fast-check prints it with one. */
const seed = Math.floor(Date.now() / 86_400_000);

describe('any sequence of accepted commands', () => {
  let database: ReadDatabase;
  beforeAll(async () => (database = await testDatabase()));
  afterAll(() => database.close());

  it('leaves balanced books, conserved money, and personal accounts that tie', async () => {
    const made = await promisesHold({ numRuns: 150, seed });
    for (const type of [
      ...['ContributionDeclared', 'ContributionReceived', 'UnidentifiedReceiptHeld', 'HeldReceiptApplied'],
      ...['ContributionMonthSettled', 'ContributionCredited', 'ContributionCreditReversed', 'AccountInterestPosted'],
      ...['LateFeeCharged', 'LateFeeReceived', 'HeldAppliedToLateFees', 'AccountMergedFrom', 'CreditConflictFound'],
    ]) {
      expect({ type, made: made.of(type) > 0 }).toEqual({ type, made: true });
    }
  });

  it('is answered by PostgreSQL as a naive fold of the log answers, as of any day and position', async () => {
    const { owing } = await answersHold(database, { numRuns: 12, seed });
    expect(owing).toBeGreaterThan(0);
  });
});
