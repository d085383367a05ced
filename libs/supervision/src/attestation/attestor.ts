import type { BusinessDate } from '@provident/kernel';
import type { SchemaDigest } from '@provident/projections';
import { originOf } from '../checkpoints/checkpoint.js';
import type { CheckpointDesk } from '../checkpoints/checkpoint-desk.js';
import type { ControlCheck } from '../control/control-check.js';
import { attestationText, type CheckOutcome } from './attestation.js';

export interface AttestorOptions {
  readonly desk: CheckpointDesk;
  readonly area: string;
  readonly checks: readonly ControlCheck[];
  /** Digests of all projected tables. */
  readonly digest: () => Promise<SchemaDigest>;
}

/** Signs the daily statement of what the ledger is, and stores it as an event. */
export class Attestor {
  constructor(private readonly options: AttestorOptions) {}

  async attest(day: BusinessDate): Promise<void> {
    const { desk, area, checks, digest } = this.options;
    const outcomes: CheckOutcome[] = [];
    for (const check of checks) outcomes.push(await outcomeOf(check));
    const tables = await digest();
    const { size, root } = await desk.sign('attestation');
    const text = attestationText({ origin: originOf(area), day, checkpoint: { size, root }, tables, checks: outcomes });
    const note = await desk.signText(text);
    const findings = outcomes.reduce((sum, { findings: found }) => sum + found.length, 0);
    const tablesAt = String(tables.position);
    const attested = { day, size, root, tablesAt, findings, note };
    await desk.execute({ type: 'AttestDay', attested }, ['attest', day]);
  }
}

/** A check that breaks must not hinder the attestation: that it did not run is a fact of the day. */
async function outcomeOf(check: ControlCheck): Promise<CheckOutcome> {
  try {
    return { name: check.name, findings: await check.run() };
  } catch (error) {
    return { name: check.name, findings: [], failure: error instanceof Error ? error.message : String(error) };
  }
}
