import { Inject, Injectable } from '@nestjs/common';
import { businessDate } from '@provident/kernel';
import { READ_QUERIES } from '@provident/projections';
import { latestDay } from '@provident/statistics';
import type { SupervisionDatabase } from '../database.js';
import { bookDifferences } from './book-differences.js';
import { figureDifferences } from './figure-differences.js';
import { timesReversed } from './refusals.js';
import type { RestatementQuestion, RestatementReport } from './restatement.js';

/** Where no day is on record, nothing is compared up to this one. */
const FIRST_DAY = businessDate('1900-01-01');

/** What came out otherwise between two points of knowledge, and why. */
@Injectable()
export class Restatements {
  constructor(@Inject(READ_QUERIES) private readonly db: SupervisionDatabase) {}

  /** Without `after`, what is known now. Throws `knowledge-reversed` and `restatement-too-long`. */
  async report(asked: Omit<RestatementQuestion, 'after'> & { after?: bigint | undefined }): Promise<RestatementReport> {
    const { db } = this;
    const { before } = asked;
    const end = await lastPosition(db);
    // What the log has not taken yet cannot be compared, and would make the report another one tomorrow.
    const after = asked.after === undefined || asked.after > end ? end : asked.after;
    if (before > after) throw timesReversed(before, after);
    const asOf = asked.asOf ?? (await latestDay(db, after)) ?? FIRST_DAY;
    const question = { ...asked, before, after, asOf };
    const books = await bookDifferences(db, question);
    return { before, after, asOf, books, figures: await figureDifferences(db, question) };
  }
}

async function lastPosition(db: SupervisionDatabase): Promise<bigint> {
  const last = await db
    .selectFrom('event_index')
    .select('position')
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return last?.position ?? -1n;
}
