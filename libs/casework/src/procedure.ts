import type { TObject } from '@sinclair/typebox';
import type { Role } from './roles.js';

/** What a procedure may be about. */
export const SUBJECT_KINDS = ['policy-area', 'insured', 'employer'] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What stops a case's clock. A return for supplement does so by itself where the procedure names it. */
export const STOP_CAUSES = ['supplement', 'other-authority', 'court', 'expert-opinion'] as const;
export type StopCause = (typeof STOP_CAUSES)[number];

export interface RequiredDocument {
  /** Named when the document is entered: `application-form`. */
  readonly kind: string;
  readonly zh: string;
  readonly en: string;
  /** Without it the case is not evidenced. */
  readonly required: boolean;
  /** The field of the request that holds the hash of a document of this kind: what is decided on is what is on file. */
  readonly hashField?: string;
  readonly rule: string;
}

/** A check of a case by somebody who did not make it. */
export interface CheckStep {
  readonly role: Role;
  /** Working days from the step before. */
  readonly withinDays: number;
  readonly rule: string;
}

/** Doing first and reviewing afterwards, where waiting would do harm. The debt is the review that is still to come. */
export interface EmergencyPath {
  readonly role: Role;
  /** Working days within which an ordinary review must follow. */
  readonly reviewWithinDays: number;
  readonly rule: string;
}

/**
 * A procedure as data: what every case of it goes through. `carryOut` names the command that an approved case is carried
 * out by; who puts the parts together gives it to casework from outside.
 */
export interface Procedure {
  readonly name: string;
  /** Raised whenever the procedure changes; a case stays with the one that it was opened under. */
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  /** What the case asks for: the content of the command that it carries out. */
  readonly request: TObject;
  /** The field of the request that names whom or what the case is about, and the one that names an employer, if any. */
  readonly subject: { readonly kind: SubjectKind; readonly field: string };
  readonly employerField?: string;
  /** Who may open a case, enter documents, take up a return and withdraw. */
  readonly opening: { readonly roles: readonly Role[]; readonly rule: string };
  readonly documents: readonly RequiredDocument[];
  readonly review: CheckStep;
  readonly approval: CheckStep;
  /** Working days for the whole, from opening to decision. */
  readonly withinDays: number;
  readonly limitRule: string;
  readonly stopsClock: readonly StopCause[];
  readonly emergency?: EmergencyPath;
}
