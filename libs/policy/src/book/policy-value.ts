import type { ParameterReference } from '@provident/kernel';
import type { Confidence, Unit } from './parameter-file.js';

export type { ParameterReference };

/** Where a value comes from in law: document, its number, the article. */
export interface LegalBasis {
  readonly document: string;
  readonly number?: string;
  readonly article?: string;
}

/** What a value holds. Every leaf is text, so that no rate or amount ever passes through a floating-point number. */
export type Content = string | readonly Content[] | { readonly [key: string]: Content };

export interface ParameterDefinition {
  readonly id: string;
  readonly zh: string;
  readonly description: string;
  readonly unit: Unit;
  readonly choices?: readonly string[];
}

/** One dated value of a parameter in one area. */
export interface PolicyValue {
  readonly definition: ParameterDefinition;
  readonly area: string;
  /** First day of effect; "unknown" where the source does not print it (it then counts from the beginning). */
  readonly from: string;
  /** Last day of effect; absent while open. */
  readonly to?: string;
  /** Day of publication, where known. */
  readonly known?: string;
  readonly content: Content;
  readonly basis: LegalBasis;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note?: string;
  readonly gap?: string;
  /** True for a value of an overlay (approved change or proposal) as opposed to the shipped data. */
  readonly overlay: boolean;
}

export function legalBasisText(basis: LegalBasis): string {
  return [`《${basis.document}》`, basis.number, basis.article].filter((part) => part !== undefined).join(' ');
}

export function contentText(content: Content): string {
  return typeof content === 'string' ? content : JSON.stringify(content);
}

/** The reference that events and explanations carry: enough to find article and version again. */
export function referenceTo(value: PolicyValue): ParameterReference {
  return {
    id: value.definition.id,
    area: value.area,
    from: value.from,
    value: contentText(value.content),
    legalBasis: legalBasisText(value.basis),
    confidence: value.confidence,
  };
}
