import { useQuery } from '@tanstack/react-query';
import { Table, Typography } from 'antd';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day, moment } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { ConsistencyCheck } from './consistency-check.js';

export type Checkpoint = components['schemas']['CheckpointAnswer'];
type Witness = components['schemas']['WitnessAnswer'];

/** The signed fingerprints of the log, who witnessed them, and whether one goes on from another. */
export function Checkpoints() {
  const say = useText(supervisionWords);
  const checkpoints = useQuery({
    queryKey: ['checkpoints'],
    queryFn: () => answered(office.GET('/api/supervision/checkpoints')),
  });
  return (
    <>
      <Typography.Paragraph>{say('checkpointsText')}</Typography.Paragraph>
      {checkpoints.isPending ? <Loading /> : null}
      {checkpoints.isError ? <Failed error={checkpoints.error} retry={() => void checkpoints.refetch()} /> : null}
      {checkpoints.isSuccess ? (
        <>
          <CheckpointTable checkpoints={checkpoints.data} />
          <ConsistencyCheck checkpoints={checkpoints.data} />
        </>
      ) : null}
      <Witnesses />
    </>
  );
}

function CheckpointTable({ checkpoints }: { readonly checkpoints: Checkpoint[] }) {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  if (checkpoints.length === 0) return <Nothing>{say('noCheckpoints')}</Nothing>;
  return (
    <ScrollRegion label={say('checkpoints')}>
      <Table<Checkpoint>
        size="small"
        rowKey="size"
        dataSource={checkpoints}
        pagination={{ pageSize: 10, hideOnSinglePage: true }}
        columns={[
          { title: say('size'), key: 'size', align: 'right', render: (_, row) => count(row.size) },
          { title: say('signedAt'), key: 'signedAt', render: (_, row) => moment(row.signedAt, language) },
          { title: say('reason'), key: 'reason', render: (_, row) => <Reason reason={row.reason} /> },
          {
            title: say('cosigned'),
            key: 'witnesses',
            render: (_, row) => say('cosignedBy', { count: row.witnesses.length }),
          },
          {
            title: say('root'),
            key: 'root',
            render: (_, row) => <code title={row.root}>{row.root.slice(0, 16)}…</code>,
          },
        ]}
      />
    </ScrollRegion>
  );
}

function Reason({ reason }: { readonly reason: Checkpoint['reason'] }) {
  const say = useText(supervisionWords);
  return <>{say(`reason.${reason}`)}</>;
}

function Witnesses() {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  const witnesses = useQuery({
    queryKey: ['witnesses'],
    queryFn: () => answered(office.GET('/api/supervision/witnesses')),
  });
  return (
    <>
      <Typography.Title level={2} className="section-title">
        {say('witnesses')}
      </Typography.Title>
      {witnesses.isPending ? <Loading rows={2} /> : null}
      {witnesses.isError ? <Failed error={witnesses.error} retry={() => void witnesses.refetch()} /> : null}
      {witnesses.data?.length === 0 ? <Nothing>{say('noWitnesses')}</Nothing> : null}
      {witnesses.data !== undefined && witnesses.data.length > 0 ? (
        <ScrollRegion label={say('witnesses')}>
          <Table<Witness>
            size="small"
            rowKey="key"
            dataSource={witnesses.data}
            pagination={false}
            columns={[
              { title: say('institution'), dataIndex: 'institution', key: 'institution' },
              { title: say('admitted'), key: 'admitted', render: (_, row) => day(row.admittedOn, language) },
              {
                title: say('dismissed'),
                key: 'dismissed',
                render: (_, { dismissedOn }) => dismissedOn && day(dismissedOn, language),
              },
            ]}
          />
        </ScrollRegion>
      ) : null}
    </>
  );
}
