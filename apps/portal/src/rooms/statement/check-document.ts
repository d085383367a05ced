/** What the verifier found. */
export type Checked =
  | { readonly isProven: false; readonly why: string }
  | {
      readonly isProven: true;
      readonly events: number;
      readonly origin: string;
      readonly size: string;
      readonly signers: readonly string[];
    };

/**
 * Checks a statement with its proofs by the stand-alone verifier, the very file that is handed out to strangers. It is
 * loaded when it is first asked for.
 */
export async function checkDocument(document: string | object, keys: string): Promise<Checked> {
  const { NotProven, verifyStatement } = await import('#verifier');
  const known = keys.split(/\s+/).filter((key) => key !== '');
  try {
    const { events, origin, size, signers } = await verifyStatement(document, known);
    return { isProven: true, events, origin, size: String(size), signers: signers.map(({ name }) => name) };
  } catch (refusal) {
    if (refusal instanceof NotProven) return { isProven: false, why: refusal.message };
    // A text that is nothing of the kind makes the verifier stumble: it proves nothing either.
    return { isProven: false, why: refusal instanceof Error ? refusal.message : String(refusal) };
  }
}
