import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Segmented, Table, type TableColumnsType, Typography } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { moment } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { StaffName } from '../../shell/staff-name.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';

type Read = components['schemas']['ReadAnswer'];
type Refusal = components['schemas']['RefusalAnswer'];
const PAGE = 50;

/** Who read whose record, and who was refused what. */
export function Records() {
  const say = useText(supervisionWords);
  const [kind, setKind] = useState<'reads' | 'refusals'>('reads');
  return (
    <>
      <Typography.Paragraph>{say('readText')}</Typography.Paragraph>
      <Segmented
        className="times-bar"
        aria-label={say('records')}
        value={kind}
        onChange={setKind}
        options={(['reads', 'refusals'] as const).map((value) => ({ value, label: say(value) }))}
      />
      {kind === 'reads' ? <Reads /> : <Refusals />}
    </>
  );
}

function Reads() {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  return (
    <Pages<Read>
      name="read-log"
      nothing={say('noReads')}
      ask={(before) => answered(office.GET('/api/access/read-log', { params: { query: { limit: PAGE, ...before } } }))}
      columns={[
        { title: say('when'), key: 'when', width: 200, render: (_, row) => moment(row.readAt, language) },
        { title: say('who'), key: 'who', render: (_, row) => <StaffName actor={`user:${row.userId}`} /> },
        {
          title: say('whose'),
          key: 'whose',
          render: (_, { personId }) => say('person', { number: numberOf(personId) }),
        },
        { title: say('what'), key: 'what', render: (_, row) => row.route },
        { title: say('why'), key: 'why', render: (_, row) => row.reason },
      ]}
    />
  );
}

function Refusals() {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  return (
    <Pages<Refusal>
      name="refusals"
      nothing={say('noRefusals')}
      ask={(before) => answered(office.GET('/api/access/refusals', { params: { query: { limit: PAGE, ...before } } }))}
      columns={[
        { title: say('when'), key: 'when', width: 200, render: (_, row) => moment(row.refusedAt, language) },
        {
          ...{ title: say('who'), key: 'who' },
          render: (_, { userId }) =>
            userId === undefined ? say('notSignedIn') : <StaffName actor={`user:${userId}`} />,
        },
        { title: say('what'), key: 'what', render: (_, row) => row.route },
        { title: say('why'), key: 'why', render: (_, row) => row.reason },
      ]}
    />
  );
}

interface PagesProps<Row> {
  readonly name: string;
  readonly nothing: string;
  readonly ask: (before: { before?: string }) => Promise<Row[]>;
  readonly columns: TableColumnsType<Row>;
}

/** The newest entries first, and earlier ones on demand. */
function Pages<Row extends { readonly number: string }>({ name, nothing, ask, columns }: PagesProps<Row>) {
  const say = useText(supervisionWords);
  const pages = useInfiniteQuery({
    queryKey: [name],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => ask(pageParam === undefined ? {} : { before: pageParam }),
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.number),
  });
  if (pages.isPending) return <Loading />;
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const rows = pages.data.pages.flat();
  if (rows.length === 0) return <Nothing>{nothing}</Nothing>;
  return (
    <>
      <ScrollRegion label={say('records')}>
        <Table<Row> size="small" rowKey="number" dataSource={rows} columns={columns} pagination={false} />
      </ScrollRegion>
      {pages.hasNextPage ? (
        <Button loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('earlier')}
        </Button>
      ) : null}
    </>
  );
}

function numberOf(id: string): string {
  return id.slice(-6).toUpperCase();
}
