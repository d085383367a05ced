import { useQuery } from '@tanstack/react-query';
import { Tag } from 'antd';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { useMe } from '../../shell/use-session.js';
import { useCaseNames } from './case-name.js';

type CaseRow = components['schemas']['CaseRowAnswer'];

/** What the person asked for, and how far it is. */
export function CasesPage() {
  const say = useText(statementWords);
  const { procedureName, statusName } = useCaseNames();
  const { language } = useLanguage();
  const { personId } = useMe();
  const asked = useQuery({
    queryKey: ['cases', personId],
    queryFn: () => answered(office.GET('/api/desk/people/{personId}/cases', { params: { path: { personId } } })),
  });
  if (asked.isPending) return <Loading />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { rows } = asked.data;
  if (rows.length === 0) return <Nothing>{say('noCases')}</Nothing>;
  return (
    <>
      <h1 className="record-title">{say('cases')}</h1>
      <div className="record-scroll" role="region" aria-label={say('cases')} tabIndex={0}>
        <table className="record-table">
          <thead>
            <tr>
              <th scope="col">{say('procedure')}</th>
              <th scope="col">{say('status')}</th>
              <th scope="col">{say('openedOn')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.caseId}>
                <th scope="row">{procedureName(row.procedure)}</th>
                <td>
                  {statusName(row.status)} <Left row={row} />
                </td>
                <td>{day(row.openedOn, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** Working days until the decision is due. */
export function Left({ row }: { readonly row: CaseRow }) {
  const say = useText(statementWords);
  if (row.deadline === undefined) return null;
  const { daysLeft, isOverdue } = row.deadline;
  return (
    <Tag color={isOverdue ? 'error' : daysLeft <= 2 ? 'warning' : 'default'}>
      {say(isOverdue ? 'overdue' : 'daysLeft', { days: Math.abs(daysLeft) })}
    </Tag>
  );
}
