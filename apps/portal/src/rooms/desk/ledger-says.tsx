import { useQuery } from '@tanstack/react-query';
import { answered, office } from '../../api/client.js';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';
import { Failed, Loading } from '../../shell/states.js';
import { Explained } from '../statement/explained.js';
import type { CaseDetail } from './case-page.js';

/** Beside an objection stands why the ledger says what it says: the same explanation that the person has read. */
export function LedgerSays({ found }: { readonly found: CaseDetail }) {
  const { personId, year, figure } = found.request as { personId?: string; year?: number; figure?: string };
  if (found.procedure !== 'record-dispute' || personId === undefined || year === undefined || figure === undefined) {
    return null;
  }
  return <FigureExplained personId={personId} year={year} figure={figure} />;
}

function FigureExplained(props: { readonly personId: string; readonly year: number; readonly figure: string }) {
  const say = useText(deskWords);
  const name = useNames();
  const asked = useQuery({
    queryKey: ['explanation', props.personId, props.year, props.figure],
    queryFn: () =>
      answered(
        office.GET('/api/people/{personId}/statements/{year}/explanations/{figure}', { params: { path: props } }),
      ),
  });
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  if (asked.isPending) return <Loading />;
  return (
    <>
      <h3 className="why-heading">
        {say('recordNow')} · {name(asked.data.title)}
      </h3>
      <Explained explanation={asked.data} />
    </>
  );
}
