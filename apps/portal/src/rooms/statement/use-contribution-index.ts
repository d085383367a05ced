import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import { useMe } from '../../shell/use-session.js';

/** How the bases on the reader's record stand to the average wages of their times. */
export function useContributionIndex() {
  const { personId } = useMe();
  return useQuery({
    queryKey: ['contribution-index', personId],
    queryFn: () =>
      answered(office.GET('/api/people/{personId}/contribution-index', { params: { path: { personId } } })),
  });
}
