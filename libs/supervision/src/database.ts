import type { BooksDatabase } from '@provident/books';
import type { EventIndexDatabase } from '@provident/projections';
import type { StatisticsDatabase } from '@provident/statistics';
import type { Kysely } from 'kysely';

/** The read side's tables as supervision asks them: the books, the facts behind the statistics, and the index of events. */
export type SupervisionDatabase = Kysely<BooksDatabase & StatisticsDatabase & EventIndexDatabase>;
