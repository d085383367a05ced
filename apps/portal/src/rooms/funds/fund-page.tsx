import { FUND_NAMES } from '@provident/kernel/schemes';
import { Segmented } from 'antd';
import { lazy, Suspense } from 'react';
import { useParams, useSearchParams } from 'react-router';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Loading, RefusalPage } from '../../shell/states.js';
import { fundIn } from './fund-names.js';
import { RoomViews } from '../../shell/room-views.js';
import { DownloadButton } from '../../shell/download-button.js';
import { PageHead } from './page-head.js';
import { BalanceSheet, IncomeExpenditure } from './statement-table.js';
import { TimesBar } from './times-bar.js';
import { TrialBalance } from './trial-balance.js';
import { queryOf, useTimes } from './use-times.js';

/** A chunk of its own: who reads figures need not load what draws them. */
const FundChart = lazy(() => import('./fund-chart.js'));

/** One fund: its two statutory statements, their picture, and the balances of its accounts. */
export function FundPage() {
  const say = useText(fundWords);
  const name = useNames();
  const fund = fundIn(useParams()['fund']);
  const [parameters, setParameters] = useSearchParams();
  const period = parameters.get('period') === 'year' ? 'year' : 'month';
  const change = (key: string, value: string): void => {
    const kept = [...parameters].filter(([each]) => each !== key);
    setParameters(new URLSearchParams([...kept, [key, value]]), { replace: true });
  };
  if (fund === undefined) {
    return <RefusalPage problem={{ type: 'urn:provident:problem:fund-unknown', title: '', status: 404 }} />;
  }
  return (
    <>
      <PageHead title={name(FUND_NAMES[fund])} />
      <TimesBar>
        <Segmented
          aria-label={say('period')}
          value={period}
          onChange={(value) => change('period', value)}
          options={[
            { value: 'month', label: say('month') },
            { value: 'year', label: say('year') },
          ]}
        />
        <Export fund={fund} period={period} />
      </TimesBar>
      <RoomViews
        label={say('openFund')}
        active={parameters.get('view') ?? 'balance-sheet'}
        onChange={(key) => change('view', key)}
        views={[
          { key: 'balance-sheet', label: say('balanceSheet'), children: <BalanceSheet fund={fund} /> },
          {
            ...{ key: 'income-expenditure', label: say('incomeExpenditure') },
            children: <IncomeExpenditure fund={fund} period={period} />,
          },
          {
            ...{ key: 'chart', label: say('chart') },
            children: (
              <Suspense fallback={<Loading />}>
                <FundChart fund={fund} />
              </Suspense>
            ),
          },
          { key: 'trial-balance', label: say('trialBalance'), children: <TrialBalance fund={fund} /> },
        ]}
      />
    </>
  );
}

function Export({ fund, period }: { readonly fund: string; readonly period: 'month' | 'year' }) {
  const say = useText(fundWords);
  const { times } = useTimes();
  const { language } = useLanguage();
  const query = queryOf({ ...times, period, language: language === 'en' ? 'en' : 'zh' });
  return <DownloadButton label={say('exportXlsx')} path={`/api/books/funds/${fund}/statements.xlsx${query}`} />;
}
