import { useMutation } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import type { components, paths } from '../../api/office.js';

type Step = components['schemas']['ExplainedStepAnswer'];
type Formula = 'retirement-age' | 'payment-months' | 'pension-at-retirement';
/** The inputs of a formula, as its route describes them. */
export type InputsOf<Of extends Formula> =
  paths[`/api/calculations/${Of}`]['post']['requestBody']['content']['application/json'];

/** What the calculation routes answer, as far as the calculators show it. */
export interface Calculated {
  readonly result: Readonly<Record<string, string | number>>;
  readonly explanation: { readonly law: string; readonly steps: readonly Step[] };
}

/** Calculates by one of the statutory formulas, with its explanation. */
export async function calculation<Of extends Formula>(formula: Of, body: InputsOf<Of>): Promise<Calculated> {
  const asked = { body, params: { query: { explain: 'true' } } };
  const answer: unknown = await answered(office.POST(`/api/calculations/${formula}` as const, asked as never));
  return answer as Calculated;
}

export function useCalculation<Inputs>(calculate: (inputs: Inputs) => Promise<readonly Calculated[]>) {
  return useMutation({ mutationFn: calculate });
}
