import { useQuery } from '@tanstack/react-query';
import { Button, Table, Typography } from 'antd';
import { useNavigate } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day, month } from '../../format/dates.js';
import { deskWords } from '../../i18n/desk.js';
import { useLanguage } from '../../i18n/language.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import type { Offered } from './open-case-page.js';

type Conflict = components['schemas']['ConflictAnswer'];

/** What contradicts a person's record: the clerk opens the case that settles it, with all that the ledger knows of it. */
export function ConflictsPage() {
  const say = useText(deskWords);
  const { language } = useLanguage();
  const navigate = useNavigate();
  const asked = useQuery({
    queryKey: ['conflicts'],
    queryFn: () => answered(office.GET('/api/desk/conflicts', { params: { query: {} } })),
  });
  if (asked.isPending) return <Loading rows={6} />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const { rows, more } = asked.data;
  const about = (row: Conflict): string =>
    `${say(`conflict.${row.kind}`)} · ${row.personName ?? ''} · ${month(row.month, language)}`;
  const settle = (row: Conflict) =>
    navigate('/desk/open', { state: { ...offeredFor(row), about: about(row) } satisfies Offered });
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('conflictsTitle')}
      </Typography.Title>
      <Typography.Paragraph>{say('conflictsText')}</Typography.Paragraph>
      {rows.length === 0 ? (
        <Nothing>{say('noConflicts')}</Nothing>
      ) : (
        <Table<Conflict>
          size="small"
          rowKey="conflictId"
          className="statement"
          dataSource={[...rows]}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: say('conflictKind'), key: 'kind', render: (_, { kind }) => say(`conflict.${kind}`) },
            { title: say('field.personId'), key: 'person', render: (_, { personName }) => personName ?? '–' },
            { title: say('field.month'), key: 'month', render: (_, row) => month(row.month, language) },
            { title: say('field.employer'), key: 'employer', render: (_, row) => <EmployerName code={row.employer} /> },
            { title: say('foundOn'), key: 'found', render: (_, { foundOn }) => day(foundOn, language) },
            {
              title: say('settleHead'),
              key: 'settle',
              render: (_, row) => (
                <Button size="small" aria-label={`${say('settle')} ${about(row)}`} onClick={() => void settle(row)}>
                  {say('settle')}
                </Button>
              ),
            },
          ]}
        />
      )}
      {more ? <p className="record-note">{say('moreConflicts', { count: rows.length })}</p> : null}
    </>
  );
}

function offeredFor({ kind, personId, conflictId, employer, month: from }: Conflict): Omit<Offered, 'about'> {
  return kind === 'credit'
    ? { procedure: 'credit-conflict', given: { personId, conflictId } }
    : { procedure: 'enrolment-conflict', given: { personId, employer, from } };
}
