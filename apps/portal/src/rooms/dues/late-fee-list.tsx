import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { count } from '../../format/money.js';
import { duesWords } from '../../i18n/dues.js';
import { useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { OpenDues } from './open-dues.js';

export type LateFeesRow = components['schemas']['LateFeesOwedAnswer'];

interface Asked {
  readonly times?: { readonly asOf?: string; readonly knownAt?: string };
  /** Those alone with late fees that nobody has assessed. */
  readonly onlyToBeAssessed?: boolean;
  readonly nothing: string;
  /** What stands at the end of a row. */
  readonly action?: (row: LateFeesRow) => ReactNode;
}

/** Who owes late fees and fines, who owes most first, page after page. */
export function LateFeeList({ times = {}, onlyToBeAssessed = false, nothing, action }: Asked) {
  const say = useText(duesWords);
  const columns = useColumns(times.asOf, action);
  const pages = useInfiniteQuery({
    queryKey: ['late-fees', times, onlyToBeAssessed],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => {
      const query = { ...times, toBeAssessed: onlyToBeAssessed ? ('true' as const) : ('false' as const) };
      const place = after === undefined ? {} : { after };
      return answered(office.GET('/api/statistics/late-fees', { params: { query: { ...query, ...place } } }));
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  if (pages.isPending) return <Loading />;
  if (pages.isError) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const [first] = pages.data.pages;
  const rows = pages.data.pages.flatMap(({ employers }) => employers);
  if (first === undefined || rows.length === 0) return <Nothing>{nothing}</Nothing>;
  return (
    <ScrollRegion label={say('lateFees')}>
      <p>
        {say('employers', { count: count(first.count) })} <Figure amount={first.total} strong />
      </p>
      <Table<LateFeesRow> size="small" rowKey="employer" dataSource={rows} pagination={false} columns={columns} />
      {pages.hasNextPage ? (
        <Button className="dues-more" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {say('more')}
        </Button>
      ) : null}
    </ScrollRegion>
  );
}

const AMOUNTS = ['toBeAssessed', 'paidLate', 'accruing', 'overdue', 'charged', 'fines'] as const;

function useColumns(on: string | undefined, action: Asked['action']): TableColumnsType<LateFeesRow> {
  const say = useText(duesWords);
  return [
    {
      ...{ title: say('employer'), key: 'employer' },
      render: (_, { employer }) => <OpenDues employer={employer} on={on} />,
    },
    { title: say('creditCode'), dataIndex: 'employer', key: 'code' },
    ...AMOUNTS.map((each) => ({
      ...{ title: say(each), key: each, align: 'right' as const },
      render: (_: unknown, row: LateFeesRow) => <Figure amount={row[each]} />,
    })),
    {
      ...{ title: say('total'), key: 'total', align: 'right' },
      render: (_, { total }) => <Figure amount={total} strong />,
    },
    ...(action === undefined
      ? []
      : [{ title: say('look'), key: 'action', render: (_: unknown, row: LateFeesRow) => action(row) }]),
  ];
}
