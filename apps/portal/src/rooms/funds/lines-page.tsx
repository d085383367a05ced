import { useQuery } from '@tanstack/react-query';
import { FUND_NAMES, type Fund } from '@provident/kernel/schemes';
import { Alert, Flex, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { answered, office } from '../../api/client.js';
import { day } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { DownloadButton } from '../../shell/download-button.js';
import { EventWords } from '../../shell/event-words.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading, Nothing, RefusalPage } from '../../shell/states.js';
import { fundIn } from './fund-names.js';
import { LinesFilter, useLinesQuestion } from './lines-filter.js';
import { LongList, type LongListColumn, MOST_ROWS } from './long-list.js';
import { PageHead } from './page-head.js';
import { PartyName } from './party-name.js';
import { type Line, type LinesAsked, useLinePages } from './use-line-pages.js';
import { queryOf } from './use-times.js';

/** The voucher lines behind a figure, however many: only those in sight are drawn, and only their pages are asked for. */
export function LinesPage() {
  const { fund: fundText, account = '' } = useParams();
  const fund = fundIn(fundText);
  if (fund === undefined) {
    return <RefusalPage problem={{ type: 'urn:provident:problem:fund-unknown', title: '', status: 404 }} />;
  }
  return <AccountLines fund={fund} account={account} />;
}

function AccountLines({ fund, account }: { readonly fund: Fund; readonly account: string }) {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  const { question } = useLinesQuestion();
  const path = { fund, account };
  const totals = useQuery({
    queryKey: ['line-totals', path, question],
    queryFn: () =>
      answered(office.GET('/api/books/funds/{fund}/accounts/{account}/totals', { params: { path, query: question } })),
  });
  const file = queryOf({ ...question, language: language === 'en' ? 'en' : 'zh' });
  const title = totals.isSuccess ? name(totals.data.account) : account;
  return (
    <>
      <PageHead
        title={say('linesTitle', { account: title })}
        way={[{ title: name(FUND_NAMES[fund]), to: `/funds/${fund}` }]}
      />
      <LinesFilter fund={fund} account={account} />
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
          {totals.data.lines === '0' ? (
            <Nothing>{say('noLines')}</Nothing>
          ) : (
            <Lines
              key={JSON.stringify(question)}
              title={say('linesTitle', { account: title })}
              asked={{
                ...{ path, query: { ...question, knownAt: totals.data.knownAt } },
                total: Number(totals.data.lines),
              }}
            />
          )}
        </>
      ) : null}
    </>
  );
}

function Lines({ title, asked }: { readonly title: string; readonly asked: LinesAsked }) {
  const say = useText(fundWords);
  const navigate = useNavigate();
  const { isNewestFirst } = useLinesQuestion();
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const { lineAt, failed } = useLinePages(asked, isNewestFirst, sight);
  const columns = useLineColumns();
  return (
    <>
      <Typography.Paragraph type="secondary">{say('linesHint')}</Typography.Paragraph>
      {asked.total > MOST_ROWS ? (
        <Alert type="info" showIcon title={say('linesTooMany', { count: count(MOST_ROWS) })} />
      ) : null}
      <LongList<Line>
        label={title}
        columns={columns}
        count={Math.min(asked.total, MOST_ROWS)}
        rowAt={lineAt}
        onSight={setSight}
        onOpen={({ voucher }) => void navigate(`/funds/vouchers/${voucher}`)}
      />
      <Flex gap={12} className="lines-head">
        {say('linesShown', { first: count(sight.first + 1), last: count(sight.last + 1) })}
      </Flex>
      {failed === undefined ? null : <Failed error={failed.error} retry={() => void failed.refetch()} />}
    </>
  );
}

function useLineColumns(): readonly LongListColumn<Line>[] {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  return useMemo(
    () => [
      { key: 'date', title: say('date'), widthPx: 120, cell: (line) => day(line.effectiveDate, language) },
      {
        ...{ key: 'voucher', title: say('voucher'), widthPx: 95 },
        cell: ({ voucher }) => (
          <Link tabIndex={-1} to={`/funds/vouchers/${voucher}`} onClick={(event) => event.stopPropagation()}>
            {voucher}
          </Link>
        ),
      },
      { key: 'what', title: say('what'), widthPx: 195, cell: (line) => <EventWords type={line.eventType} /> },
      { key: 'party', title: say('party'), widthPx: 290, cell: (line) => <PartyName party={line.party} /> },
      { key: 'detail', title: say('detail'), widthPx: 120, cell: (line) => name(line.detail) },
      ...(['debit', 'credit'] as const).map((each) => ({
        ...{ key: each, title: say(each), widthPx: 125, align: 'right' as const },
        cell: (line: Line) => <Figure amount={line[each]} />,
      })),
    ],
    [say, name, language],
  );
}
