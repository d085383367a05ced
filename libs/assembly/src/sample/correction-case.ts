import { hash } from 'node:crypto';
import type { BusinessDate } from '@provident/kernel';
import type { CorrectedCredit } from '../story-desk.js';
import type { AgencyRole } from './people.js';

/** Where a case stands after a step. */
export interface CaseStanding {
  readonly status: string;
  readonly evidence: string;
}

/** The steps of a correction, however they reach casework. Each may be repeated. */
export interface CorrectionSteps {
  open(by: AgencyRole, request: CorrectedCredit & { readonly correctedOn: BusinessDate }): Promise<CaseStanding>;
  enterDocument(by: AgencyRole, kind: string, sha256: string): Promise<CaseStanding>;
  review(by: AgencyRole, evidence: string): Promise<CaseStanding>;
  approve(by: AgencyRole, evidence: string): Promise<CaseStanding>;
}

/**
 * A wrong credit is corrected as an agency does it: a clerk opens the case and enters the proof, a second person reviews it,
 * a third approves it. Opening it again tells where it stands, so that a story cut short goes on from there.
 */
export async function carryCorrection(
  steps: CorrectionSteps,
  credit: CorrectedCredit,
  on: BusinessDate,
): Promise<void> {
  let standing = await steps.open('clerk', { ...credit, correctedOn: on });
  if (standing.status === 'opened') {
    // The sample has no paper; its proof is the reason that was written down.
    standing = await steps.enterDocument('clerk', 'proof-of-employment', hash('sha256', credit.reason));
  }
  if (standing.status === 'evidenced') standing = await steps.review('reviewer', standing.evidence);
  if (standing.status === 'reviewed') await steps.approve('approver', standing.evidence);
}
