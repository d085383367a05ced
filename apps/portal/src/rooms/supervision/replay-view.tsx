import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Descriptions, Progress, Table, Typography } from 'antd';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { Refused } from '../../api/problem.js';
import { moment } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { StaffName } from '../../shell/staff-name.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';

type Replay = components['schemas']['ReplayAnswer'];
type Result = NonNullable<Replay['result']>;
type TableDifference = Result['differing'][number];

const WATCH_MS = 1_000;

/** Starts a replay and watches it, to the differences that it finds. */
export function ReplayView() {
  const say = useText(supervisionWords);
  const queries = useQueryClient();
  const latest = useQuery({
    queryKey: ['replay'],
    queryFn: () => latestReplay(),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? WATCH_MS : false),
  });
  const start = useMutation({
    mutationFn: () => answered(office.POST('/api/supervision/replays')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['replay'] }),
  });
  if (latest.isPending) return <Loading />;
  const isRunning = latest.data?.state === 'running';
  return (
    <>
      <Typography.Paragraph>{say('replayText')}</Typography.Paragraph>
      <Button type="primary" loading={start.isPending || isRunning} onClick={() => start.mutate()}>
        {say('startReplay')}
      </Button>
      {start.isError ? <Failed error={start.error} /> : null}
      {latest.isError ? <Failed error={latest.error} retry={() => void latest.refetch()} /> : null}
      {latest.data === null ? <Nothing>{say('notStarted')}</Nothing> : null}
      {latest.data === null || latest.data === undefined ? null : <Watched replay={latest.data} />}
    </>
  );
}

/** `null` before the first replay. */
async function latestReplay(): Promise<Replay | null> {
  try {
    return await answered(office.GET('/api/supervision/replays/latest'));
  } catch (error) {
    if (error instanceof Refused && error.code === 'replay-unknown') return null;
    throw error;
  }
}

function Watched({ replay }: { readonly replay: Replay }) {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  const { state, phase, position, head, events, eventsPerSecond, result, failure, startedAt, startedBy } = replay;
  const facts = [
    { key: 'who', label: say('who'), children: <StaffName actor={startedBy} /> },
    { key: 'when', label: say('when'), children: moment(startedAt, language) },
  ];
  return (
    <section className="watched" aria-live="polite">
      <Descriptions size="small" column={{ xs: 1, md: 2 }} items={facts} />
      {state === 'running' ? (
        <>
          <div>{say(`phase.${phase}`)}</div>
          <Progress percent={percentOf(position, head, phase)} aria-label={say('running')} />
          <div>{say('replayed', { events: count(events), rate: count(eventsPerSecond) })}</div>
        </>
      ) : null}
      {state === 'failed' ? <Alert type="error" showIcon title={say('failed', { why: failure ?? '' })} /> : null}
      {result === undefined ? null : <Found result={result} />}
    </section>
  );
}

/** The replay itself is nine tenths of the work; positions are whole numbers that a picture may round. */
function percentOf(position: string, head: string, phase: Replay['phase']): number {
  if (phase !== 'replay') return phase === 'digest' ? 92 : 96;
  return Math.min(90, Math.max(0, Math.floor((Number(position) / Math.max(1, Number(head))) * 90)));
}

function Found({ result }: { readonly result: Result }) {
  const say = useText(supervisionWords);
  const { same, tables, events, sha256, differing } = result;
  return (
    <>
      <Alert
        type={same ? 'success' : 'error'}
        showIcon
        title={same ? say('same', { tables, events: count(events) }) : say('different', { count: differing.length })}
        description={
          <>
            {say('digest')} <code className="digest">{sha256}</code>
          </>
        }
      />
      {differing.length === 0 ? null : <Differences differing={differing} />}
    </>
  );
}

function Differences({ differing }: { readonly differing: TableDifference[] }) {
  const say = useText(supervisionWords);
  return (
    <Table<TableDifference>
      size="small"
      rowKey="table"
      className="statement"
      dataSource={differing}
      pagination={false}
      columns={[
        { title: say('table'), dataIndex: 'table', key: 'table' },
        { title: say('differing'), key: 'rows', align: 'right', render: (_, row) => count(row.differing) },
      ]}
      expandable={{
        expandedRowRender: ({ differences }) => (
          <ul>
            {differences.map(({ kind, key, account, columns }) => (
              <li key={key}>
                {say(`kind.${kind}`)} · {account ?? key}
                {columns.map(({ column, live, replayed }) => (
                  <div key={column}>
                    {column}: {say('live')} {live ?? '–'} · {say('computed')} {replayed ?? '–'}
                  </div>
                ))}
              </li>
            ))}
          </ul>
        ),
      }}
    />
  );
}
