import type { EventStore, StoreClient } from '@provident/event-store';
import type { PolicyBook } from '@provident/policy';
import type { StatementReader } from '@provident/statements';
import type { SupervisionDatabase } from '../database.js';

/** What an explanation is read from: the read side, the log, the law in force, and the personal statements. */
export interface Surroundings {
  readonly db: SupervisionDatabase;
  readonly client: StoreClient;
  readonly store: EventStore;
  readonly statements: StatementReader;
  /** The law as it stands at the moment of asking. */
  readonly book: () => PolicyBook;
}
