/**
 * `manifest`: what the manifest says does not hold together. `file`: a file is missing, cut or superfluous. `bytes`: bytes
 * were changed. `altered`, `missing`, `inserted`, `moved`, `tail`: what became of events. `order`: places in the log do not
 * follow each other. `root`, `checkpoint`: the whole is not what was signed.
 */
export type FlawKind =
  | 'manifest'
  | 'file'
  | 'bytes'
  | 'altered'
  | 'missing'
  | 'inserted'
  | 'moved'
  | 'tail'
  | 'order'
  | 'root'
  | 'checkpoint';

/** One thing that is not as it was sealed. */
export interface Flaw {
  readonly kind: FlawKind;
  /** The file of the archive, or the log. */
  readonly where: string;
  /** Log positions of the events concerned, or between which they belong; absent for what concerns none or all. */
  readonly position?: { readonly from: string; readonly to: string };
  /** What is wrong, in a sentence. */
  readonly text: string;
}

/** Flaws that are named one by one; beyond them an examination only counts. */
export const MOST_FLAWS = 1_000;

export function at(position: bigint | string): { from: string; to: string } {
  return { from: String(position), to: String(position) };
}
