import { type Checked, checkDocument } from '../statement/check-document.js';
import { filesInPdf } from './statement-in-pdf.js';

/** What the code on a printed page says: which record, as known when, and its digest. */
export interface Printed {
  readonly area: string;
  readonly year: number;
  readonly knownAt: string;
  readonly digest: string;
}

/** The figures of a proven statement by which a reader compares the paper that he holds. */
export interface Figures {
  readonly year: number;
  readonly months: number;
  readonly employer: string;
  readonly employee: string;
  readonly closing: string;
}

/**
 * - `genuine`: proven, and the one that the code names (or no code was given)
 * - `other`: proven, but of another year, person or day than the code names
 * - `altered`: it is not what the log holds
 * - `unproven`: it holds no proofs, so nothing can be said
 */
export type Verdict =
  | { readonly kind: 'genuine' | 'other'; readonly checked: Checked; readonly figures: Figures }
  | { readonly kind: 'altered'; readonly why: string }
  | { readonly kind: 'unproven' };

const CODE = /^(\d{6}):(\d{4}):(\d{1,19}):sha256:([0-9a-f]{64})$/;

export function printedIn(hash: string): Printed | undefined {
  const [, area, year, knownAt, digest] = CODE.exec(decodeURIComponent(hash.replace(/^#/, ''))) ?? [];
  if (area === undefined || knownAt === undefined || digest === undefined) return undefined;
  return { area, year: Number(year), knownAt, digest };
}

/** Verifies a printed statement (PDF) or its proofs (JSON), and holds it against the code of the printed page. */
export async function lookAtFile(file: File, keys: string, printed: Printed | undefined): Promise<Verdict> {
  const document = await proofsIn(file);
  if (document === undefined) return { kind: 'unproven' };
  const checked = await checkDocument(document, keys);
  if (!checked.isProven) return { kind: 'altered', why: checked.why };
  const { statementDigest } = await import('#verifier');
  const { statement } = document as unknown as { statement: Stated };
  const digest = statementDigest(statement);
  // The digest is no figure that the log proves, so it is made anew before anything is compared with it.
  if (digest !== statement.digest) return { kind: 'altered', why: 'The digest is not that of the statement.' };
  const kind = printed === undefined || printed.digest === digest ? 'genuine' : 'other';
  const { year, months, paid, account } = statement;
  return { kind, checked, figures: { year, months: months.length, ...paid, closing: account.closing } };
}

interface Stated {
  readonly digest: string;
  readonly year: number;
  readonly months: readonly unknown[];
  readonly paid: { readonly employer: string; readonly employee: string };
  readonly account: { readonly closing: string };
}

async function proofsIn(file: File): Promise<object | undefined> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isPdf = new TextDecoder('latin1').decode(bytes.subarray(0, 5)) === '%PDF-';
  const texts = isPdf ? await filesInPdf(bytes) : [new TextDecoder().decode(bytes)];
  for (const text of texts) {
    const found = parsed(text);
    if (found !== undefined && 'events' in found && 'statement' in found) return found;
  }
  return undefined;
}

function parsed(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
