import type { Attachment } from './pdf/statement-document.js';
import type { NamedStatement, StatementTimes } from './statement-reader.js';

/**
 * What goes into a printed statement beside its data. The application provides it where it can prove statements; what is
 * printed without it says nothing of proofs.
 */
export abstract class StatementAttachments {
  /** The proofs of a statement; none while its newest entry waits for a checkpoint. */
  abstract of(statement: NamedStatement, times: StatementTimes): Promise<readonly Attachment[]>;
}
