import { useQueries } from '@tanstack/react-query';
import { Typography } from 'antd';
import { Link } from 'react-router';
import { answered, office } from '../../api/client.js';
import { day } from '../../format/dates.js';
import { deskWords } from '../../i18n/desk.js';
import { useLanguage } from '../../i18n/language.js';
import { shellWords } from '../../i18n/shell.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { useMe, useRoles } from '../../shell/use-session.js';
import { Left } from '../statement/cases-page.js';
import { useCaseNames } from '../statement/case-name.js';

const QUEUES = ['clerk', 'reviewer', 'approver'] as const;

/** Cases that wait for the roles of who looks, the most urgent first. */
export function QueuePage() {
  const say = useText(deskWords);
  const sayShell = useText(shellWords);
  const own = useRoles();
  const roles = QUEUES.filter((role) => own.includes(role));
  const area = useArea();
  const asked = useQueries({
    queries: roles.map((role) => ({
      queryKey: ['queue', role, area],
      queryFn: () =>
        answered(
          office.GET('/api/desk/queues/{role}', {
            params: { path: { role }, query: area === undefined ? {} : { area } },
          }),
        ),
    })),
  });
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('queue')}
      </Typography.Title>
      {roles.map((role, place) => {
        const queue = asked[place];
        return (
          <section key={role}>
            <h2 className="card-title">{say('queueOf', { role: sayShell(`role.${role}`) })}</h2>
            {queue === undefined || queue.isPending ? (
              <Loading rows={3} />
            ) : queue.isError ? (
              <Failed error={queue.error} retry={() => void queue.refetch()} />
            ) : queue.data.rows.length === 0 ? (
              <Nothing>{say('emptyQueue')}</Nothing>
            ) : (
              <Queue rows={queue.data.rows} />
            )}
          </section>
        );
      })}
    </>
  );
}

/** The area of one's own desk: who is bound to one asks about that. */
function useArea(): string | undefined {
  for (const { scope } of useMe().rights) {
    const { kind, area } = scope as unknown as { readonly kind: string; readonly area?: string };
    if (kind === 'own-area') return area;
  }
  return undefined;
}

function Queue({ rows }: { readonly rows: readonly Parameters<typeof Left>[0]['row'][] }) {
  const say = useText(deskWords);
  const { procedureName, statusName } = useCaseNames();
  const { language } = useLanguage();
  return (
    <div className="record-scroll queue" role="region" aria-label={say('queue')} tabIndex={0}>
      <table className="record-table">
        <thead>
          <tr>
            <th scope="col">{say('procedure')}</th>
            <th scope="col">{say('subject')}</th>
            <th scope="col">{say('status')}</th>
            <th scope="col">{say('openedOn')}</th>
            <th scope="col">{say('deadline')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.caseId}>
              <th scope="row">
                <Link to={`/desk/cases/${row.caseId}`}>{procedureName(row.procedure)}</Link>
              </th>
              <td>{row.subjectName ?? (row.subjectKind === 'policy-area' ? row.subjectId : '–')}</td>
              <td>{statusName(row.status)}</td>
              <td>{day(row.openedOn, language)}</td>
              <td>
                <Left row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
