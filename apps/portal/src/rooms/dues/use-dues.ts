import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';

export type Dues = components['schemas']['DuesAnswer'];

/** All that an employer owes, from its own stream; unpaid contributions bear late fees to the day, to today when absent. */
export function useDues(creditCode: string, on: string | undefined) {
  return useQuery({
    queryKey: ['dues', creditCode, on],
    queryFn: () =>
      answered(
        office.GET('/api/employers/{creditCode}/dues', {
          params: { path: { creditCode }, query: on === undefined ? {} : { on } },
        }),
      ),
  });
}
