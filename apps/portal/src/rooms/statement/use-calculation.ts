import { useMutation } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';

type Step = components['schemas']['StepAnswer'];

/** What the calculation route answers, as far as the calculators show it. */
export interface Calculated {
  readonly result: Readonly<Record<string, string | number>>;
  readonly explanation: { readonly law: string; readonly steps: readonly Step[] };
}

/** Calculates by one of the statutory formulas, with its explanation. */
export async function calculation(formula: string, request: object): Promise<Calculated> {
  const answer = await answered(
    office.POST('/api/calculations/{formula}', {
      params: { path: { formula }, query: { explain: 'true' } },
      body: request as never,
    }),
  );
  return answer as unknown as Calculated;
}

export function useCalculation<Inputs>(calculate: (inputs: Inputs) => Promise<readonly Calculated[]>) {
  return useMutation({ mutationFn: calculate });
}
