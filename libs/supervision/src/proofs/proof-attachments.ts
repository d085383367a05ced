import { DomainError } from '@provident/kernel';
import type { NamedStatement, StatementTimes } from '@provident/statements';
import { StatementAttachments } from '@provident/statements/statement-attachments';
import type { StatementProofs } from './statement-proof.js';

/** Refusals that only mean: not yet. */
const NOT_YET = new Set(['not-yet-covered', 'checkpoint-unknown']);

/** Lays the proof of every entry into a printed statement, for the stand-alone verifier. */
export class ProofAttachments extends StatementAttachments {
  constructor(private readonly proofs: StatementProofs) {
    super();
  }

  async of({ person, year }: NamedStatement, times: StatementTimes) {
    try {
      const proven = await this.proofs.statement(person.personId, year, times);
      const description = 'proof of every entry, for the stand-alone verifier';
      return [
        {
          name: `statement-${year}.proof.json`,
          type: 'application/json',
          description,
          content: JSON.stringify(proven),
        },
      ];
    } catch (refusal) {
      if (refusal instanceof DomainError && NOT_YET.has(refusal.code)) return [];
      throw refusal;
    }
  }
}
