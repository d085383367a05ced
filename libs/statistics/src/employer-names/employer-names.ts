import { type Kysely } from 'kysely';
import type { StatisticsDatabase } from '../tables.js';

/** What employers are called today, by credit code. */
export class EmployerNames {
  constructor(private readonly db: Kysely<StatisticsDatabase>) {}

  async byCode(codes: readonly string[]): Promise<readonly { creditCode: string; name: string }[]> {
    if (codes.length === 0) return [];
    return this.db
      .selectFrom('employer_name')
      .select(['credit_code as creditCode', 'name'])
      .where('credit_code', 'in', [...codes])
      .orderBy('credit_code')
      .execute();
  }
}
