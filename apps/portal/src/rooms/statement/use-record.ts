import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { useMe } from '../../shell/use-session.js';

export type Statement = components['schemas']['StatementAnswer'];
export type PaidLine = components['schemas']['PaidLineAnswer'];
export type Explanation = components['schemas']['ExplainedFigureAnswer'];

/** The years of which the signed-in person has a record, the newest first. */
export function useYears() {
  const { personId } = useMe();
  return useQuery({
    queryKey: ['statement-years', personId],
    queryFn: () => answered(office.GET('/api/people/{personId}/statements', { params: { path: { personId } } })),
  });
}

/** His statement of a year. */
export function useRecord(year: number | undefined) {
  const { personId } = useMe();
  return useQuery({
    queryKey: ['statement', personId, year],
    enabled: year !== undefined,
    queryFn: () =>
      answered(
        office.GET('/api/people/{personId}/statements/{year}', { params: { path: { personId, year: year ?? 0 } } }),
      ),
  });
}
