import type { StoreClient } from '@provident/event-store';
import type { RecordedEvent } from '@provident/kernel';
import { type NamedStatement, StatementReader, type StatementTimes } from '@provident/statements';
import type { ProofDesk } from './proof-desk.js';
import type { InclusionProof } from './proof-text.js';

/** A personal statement with everything that is needed to check it away from the agency. */
export interface ProvenStatement {
  readonly statement: NamedStatement;
  /** The last day that counts, where one was asked for. */
  readonly asOf?: string;
  readonly checkpoint: string;
  /**
   * Every entry of the account that the statement rests on, without a gap, each with its proof; and so of every account that
   * was merged into it.
   */
  readonly events: readonly Omit<InclusionProof, 'checkpoint'>[];
}

const PAGE = 512;

/** Gives each line of a statement its proof. */
export class StatementProofs {
  constructor(
    private readonly statements: StatementReader,
    private readonly client: StoreClient,
    private readonly proofs: ProofDesk,
  ) {}

  /** Throws `person-unknown`; `not-yet-covered` while an entry is newer than the checkpoint. */
  async statement(personId: string, year: number, times: StatementTimes, size?: number): Promise<ProvenStatement> {
    const statement = await this.statements.statement(personId, year, times);
    const events = await this.record(personId, year, times);
    const { checkpoint, proofs } = await this.proofs.inclusions(events, size);
    const asOf = times.asOf === undefined ? {} : { asOf: times.asOf };
    return { statement, ...asOf, checkpoint: checkpoint.note, events: proofs };
  }

  /** The account's entries, then those of the accounts that were merged into it. */
  private async record(personId: string, year: number, times: StatementTimes): Promise<RecordedEvent[]> {
    const entries = await this.entries(`account-${personId}`, year, times);
    const record = [...entries];
    for (const { type, data, metadata } of entries) {
      const counts = times.asOf === undefined || metadata.effectiveDate <= times.asOf;
      if (type !== 'AccountMergedFrom' || !counts) continue;
      record.push(...(await this.record((data as { merged: string }).merged, year, times)));
    }
    return record;
  }

  /** The account's entries as the log has them, from a closing two years before (or the beginning) on. */
  private async entries(stream: string, year: number, { asOf, knownAt }: StatementTimes): Promise<RecordedEvent[]> {
    const entries: RecordedEvent[] = [];
    for (let from: bigint | undefined; ; ) {
      const before = from === undefined ? {} : { from };
      const page = await this.client.readPage(stream, { backwards: true, ...before, count: PAGE });
      for (const event of page) {
        if (knownAt !== undefined && event.position > knownAt) continue;
        entries.push(event);
        const counts = asOf === undefined || event.metadata.effectiveDate <= asOf;
        const { year: closed } = event.data as { year?: number };
        if (event.type === 'YearClosed' && counts && (closed ?? year) <= year - 2) return entries.reverse();
      }
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE || last.revision === 0n) return entries.reverse();
      from = last.revision - 1n;
    }
  }
}
