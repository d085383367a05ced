import { useQuery } from '@tanstack/react-query';
import { Typography } from 'antd';
import { Link, useParams } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { deskWords } from '../../i18n/desk.js';
import { useLanguage } from '../../i18n/language.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading } from '../../shell/states.js';
import { Left } from '../statement/cases-page.js';
import { CaseDocuments } from './case-documents.js';
import { CaseRequest } from './case-request.js';
import { CaseActions } from './case-actions.js';
import { LedgerSays } from './ledger-says.js';
import { StepActor } from './step-actor.js';
import { useCaseNames } from '../statement/case-name.js';

export type CaseDetail = components['schemas']['CaseDetailAnswer'];

/** What is asked for on one side, what it rests on on the other, and what may be done about it. */
export function CasePage() {
  const say = useText(deskWords);
  const { procedureName, statusName } = useCaseNames();
  const { caseId = '' } = useParams();
  const asked = useQuery({
    queryKey: ['case', caseId],
    queryFn: () => answered(office.GET('/api/desk/cases/{caseId}', { params: { path: { caseId } } })),
  });
  if (asked.isPending) return <Loading rows={10} />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const found = asked.data;
  return (
    <>
      <Link to="/desk/queue">{say('toQueue')}</Link>
      <Typography.Title level={1} className="record-title">
        {procedureName(found.procedure)} · {found.subjectName ?? ''}
      </Typography.Title>
      <p>
        {statusName(found.status)} <Left row={found} />
      </p>
      <div className="side-by-side">
        <section className="side" aria-label={say('asked')}>
          <h2 className="card-title">{say('asked')}</h2>
          <CaseRequest found={found} />
          <CaseActions found={found} />
        </section>
        <section className="side" aria-label={say('evidence')}>
          <h2 className="card-title">{say('evidence')}</h2>
          <LedgerSays found={found} />
          <CaseDocuments found={found} />
          <h3 className="why-heading">{say('history')}</h3>
          <History found={found} />
        </section>
      </div>
    </>
  );
}

type Word = keyof typeof deskWords;

function History({ found }: { readonly found: CaseDetail }) {
  const say = useText(deskWords);
  const { language } = useLanguage();
  return (
    <ol className="why-events">
      {found.steps.map((step) => {
        const { position, event, on, note, rule } = step;
        const word = `step.${event}`;
        return (
          <li key={position}>
            <div>
              {day(on, language)} {word in deskWords ? say(word as Word) : event} ·{' '}
              <StepActor step={step} found={found} />
            </div>
            {note === undefined || event === 'CaseDocumentEntered' ? null : <div>{note}</div>}
            {rule === undefined ? null : <div className="record-note">{rule}</div>}
          </li>
        );
      })}
    </ol>
  );
}
