import type { Scheme } from '@provident/kernel';

/** Who is in the medical scheme is in maternity too, since the two were merged (国办发〔2019〕10号). */
export function takesPartIn(schemes: readonly Scheme[], scheme: Scheme): boolean {
  return schemes.includes(scheme) || (scheme === 'maternity' && schemes.includes('medical'));
}
