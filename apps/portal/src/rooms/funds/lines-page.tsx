import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { FUND_NAMES } from '@provident/kernel/schemes';
import { Flex, Spin, Table, type TableColumnsType, Typography } from 'antd';
import { type KeyboardEvent, type UIEvent, useMemo } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { EventWords } from '../../shell/event-words.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading, Nothing, RefusalPage } from '../../shell/states.js';
import { fundIn } from './fund-names.js';
import { DownloadButton } from '../../shell/download-button.js';
import { PageHead } from './page-head.js';
import { PartyName } from './party-name.js';
import { queryOf, useTimes } from './use-times.js';

type Line = components['schemas']['LineAnswer'];

/** Lines that are asked for at a time, and how near the end more are asked for. */
const PAGE = 500;
const NEAR_END_PX = 1_500;
const HEIGHT_PX = 480;

/** The voucher lines behind a figure. Only those in sight are drawn, and the next are fetched before they are reached. */
export function LinesPage() {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  const { fund: fundText, account = '' } = useParams();
  const fund = fundIn(fundText);
  const question = useQuestion();
  const totals = useQuery({
    queryKey: ['line-totals', fund, account, question],
    enabled: fund !== undefined,
    queryFn: () =>
      answered(office.GET('/api/books/funds/{fund}/accounts/{account}/totals', at(fund, account, question))),
  });
  if (fund === undefined) {
    return <RefusalPage problem={{ type: 'urn:provident:problem:fund-unknown', title: '', status: 404 }} />;
  }
  const file = queryOf({ ...question, language: language === 'en' ? 'en' : 'zh' });
  const title = totals.isSuccess ? name(totals.data.account) : account;
  return (
    <>
      <PageHead
        title={say('linesTitle', { account: title })}
        way={[{ title: name(FUND_NAMES[fund]), to: `/funds/${fund}` }]}
      />
      {totals.isPending ? <Loading rows={2} /> : null}
      {totals.isError ? <Failed error={totals.error} retry={() => void totals.refetch()} /> : null}
      {totals.isSuccess ? (
        <>
          <Flex wrap gap={24} align="center" className="lines-head">
            <span>{say('linesOf', { count: count(totals.data.lines) })}</span>
            <span>
              {say('debit')} <Figure amount={totals.data.debit} strong />
            </span>
            <span>
              {say('credit')} <Figure amount={totals.data.credit} strong />
            </span>
            <DownloadButton
              label={say('exportXlsx')}
              path={`/api/books/funds/${fund}/accounts/${account}/lines.xlsx${file}`}
            />
          </Flex>
          {totals.data.lines === '0' ? <Nothing>{say('noLines')}</Nothing> : <Lines fund={fund} account={account} />}
        </>
      ) : null}
    </>
  );
}

function useQuestion() {
  const { times } = useTimes();
  const [parameters] = useSearchParams();
  const [from, detail] = [parameters.get('from'), parameters.get('detail')];
  return { ...times, ...(from === null ? {} : { from }), ...(detail === null ? {} : { detail }) };
}

type Question = ReturnType<typeof useQuestion>;

function at(fund: string | undefined, account: string, query: Question & { after?: string; limit?: number }) {
  return { params: { path: { fund: fund as keyof typeof FUND_NAMES, account }, query } };
}

function Lines({ fund, account }: { readonly fund: string; readonly account: string }) {
  const say = useText(fundWords);
  const navigate = useNavigate();
  const question = useQuestion();
  const pages = useInfiniteQuery({
    queryKey: ['lines', fund, account, question],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: after }) => {
      const query = { ...question, limit: PAGE, ...(after === undefined ? {} : { after }) };
      return answered(office.GET('/api/books/funds/{fund}/accounts/{account}/lines', at(fund, account, query)));
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  });
  const lines = useMemo(() => pages.data?.pages.flatMap((page) => page.lines) ?? [], [pages.data]);
  const columns = useLineColumns();
  if (pages.isPending) return <Loading />;
  if (pages.isError && lines.length === 0) return <Failed error={pages.error} retry={() => void pages.refetch()} />;
  const more = ({ currentTarget }: UIEvent<HTMLElement>): void => {
    const left = currentTarget.scrollHeight - currentTarget.scrollTop - currentTarget.clientHeight;
    if (left < NEAR_END_PX && pages.hasNextPage && !pages.isFetchingNextPage) void pages.fetchNextPage();
  };
  return (
    <>
      <Typography.Paragraph type="secondary">{say('linesHint')}</Typography.Paragraph>
      <Table<Line>
        virtual
        size="small"
        className="lines-table"
        rowKey={({ voucher, detail, debit }) => `${voucher}.${detail.code}.${debit}`}
        columns={columns}
        dataSource={lines}
        pagination={false}
        scroll={{ x: 1_040, y: HEIGHT_PX }}
        onScroll={more}
        onRow={({ voucher }) => ({
          tabIndex: 0,
          onClick: () => void navigate(`/funds/vouchers/${voucher}`),
          onKeyDown: (event: KeyboardEvent) => moveOrOpen(event, () => void navigate(`/funds/vouchers/${voucher}`)),
        })}
      />
      <Flex gap={12} className="lines-head" role="status">
        <span>{say('linesShown', { shown: count(lines.length) })}</span>
        {pages.isFetchingNextPage ? <Spin size="small" /> : null}
      </Flex>
      {pages.isError ? <Failed error={pages.error} retry={() => void pages.fetchNextPage()} /> : null}
    </>
  );
}

function moveOrOpen(event: KeyboardEvent, open: () => void): void {
  const { currentTarget, key } = event;
  if (!(currentTarget instanceof HTMLElement)) return;
  if (key === 'Enter') open();
  const next =
    key === 'ArrowDown'
      ? currentTarget.nextElementSibling
      : key === 'ArrowUp'
        ? currentTarget.previousElementSibling
        : null;
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}

function useLineColumns(): TableColumnsType<Line> {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  return useMemo(
    () => [
      { title: say('date'), key: 'date', width: 125, render: (_, line) => day(line.effectiveDate, language) },
      {
        ...{ title: say('voucher'), key: 'voucher', width: 95 },
        render: (_, { voucher }) => <Link to={`/funds/vouchers/${voucher}`}>{voucher}</Link>,
      },
      { title: say('what'), key: 'what', width: 165, render: (_, line) => <EventWords type={line.eventType} /> },
      {
        title: say('party'),
        key: 'party',
        width: 225,
        ellipsis: true,
        render: (_, line) => <PartyName party={line.party} />,
      },
      { title: say('detail'), key: 'detail', width: 150, render: (_, line) => name(line.detail) },
      ...(['debit', 'credit'] as const).map((each) => ({
        ...{ title: say(each), key: each, width: 140, align: 'right' as const },
        render: (_: unknown, line: Line) => <Figure amount={line[each]} />,
      })),
    ],
    [say, name, language],
  );
}
