import { testDatabase } from '@provident/projections/testing/test-database';
import { answersHold, promisesHold } from '../support/properties.js';

/** The properties of the suite, for many more sequences of commands. A failure ends it with the smallest sequence found. */
export async function checkProperties({ cycles, seed }: { cycles: number; seed: number }): Promise<void> {
  console.log(`properties: ${cycles} sequences of commands, seed ${seed}`);
  const made = await promisesHold({ numRuns: cycles, seed });
  const events = Array.from(made, ([type, count]) => `${count} ${type}`).join(', ');
  console.log(`properties: books balance, money is conserved, personal accounts tie after ${events}.`);
  const answered = Math.ceil(cycles / 10);
  const database = await testDatabase();
  try {
    await answersHold(database, { numRuns: answered, seed });
  } finally {
    await database.close();
  }
  console.log(`properties: PostgreSQL answers ${answered} logs as a naive fold does; rebuilt tables are the same.`);
}
