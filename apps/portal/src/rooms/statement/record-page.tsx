import { DownloadOutlined, SafetyCertificateOutlined } from '@ant-design/icons';
import { App, Button, Grid, Select, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { download } from '../../api/client.js';
import { day } from '../../format/dates.js';
import { count } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { AccountTable } from './account-table.js';
import { Figure } from './figure.js';
import { MonthCards } from './month-cards.js';
import { MonthTable } from './month-table.js';
import { type Statement, useRecord, useYears } from './use-record.js';
import { VerifyDrawer } from './verify-drawer.js';
import { WhyDrawer } from './why-drawer.js';

/** A year on one page. Which figure is being explained stands in the address, so the way back closes it. */
export function RecordPage() {
  const say = useText(statementWords);
  const [query, setQuery] = useSearchParams();
  const years = useYears();
  const asked = Number(query.get('year') ?? Number.NaN);
  const year = Number.isInteger(asked) ? asked : years.data?.years[0]?.year;
  const record = useRecord(year);
  if (years.isError) return <Failed error={years.error} retry={() => void years.refetch()} />;
  if (years.isPending) return <Loading rows={12} />;
  if (year === undefined) return <Nothing>{say('noRecord')}</Nothing>;
  if (record.isError) return <Failed error={record.error} retry={() => void record.refetch()} />;
  if (record.isPending) return <Loading rows={12} />;
  const why = query.get('why') ?? undefined;
  const ask = (figure: string | undefined): void => {
    const next = new URLSearchParams(query);
    if (figure === undefined) next.delete('why');
    else next.set('why', figure);
    setQuery(next);
  };
  return (
    <article className="record">
      <header className="record-head">
        <Typography.Title level={1} className="record-title">
          {say('title')}
        </Typography.Title>
        <Space wrap className="no-print">
          <Select
            aria-label={say('year')}
            value={year}
            options={years.data.years.map((each) => ({
              value: each.year,
              label: say('yearOption', { year: each.year }),
            }))}
            onChange={(chosen: number) => setQuery({ year: String(chosen) })}
          />
          <Actions statement={record.data} />
        </Space>
      </header>
      <Content statement={record.data} ask={ask} />
      <WhyDrawer statement={record.data} figure={why} close={() => ask(undefined)} />
    </article>
  );
}

function Actions({ statement }: { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const [isVerifying, setVerifying] = useState(false);
  const fetchPdf = async (): Promise<void> => {
    setBusy(true);
    try {
      const { person, year } = statement;
      const inLanguage = language === 'zh-CN' ? 'zh' : 'en';
      const name = await download(`/api/people/${person.personId}/statements/${year}/pdf?language=${inLanguage}`);
      void message.success(say('downloaded', { name }));
    } catch (error) {
      void message.error(error instanceof Error ? error.message : String(error));
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void fetchPdf()}>
        {say('download')}
      </Button>
      <Button icon={<SafetyCertificateOutlined />} onClick={() => setVerifying(true)}>
        {say('verify')}
      </Button>
      <VerifyDrawer statement={statement} isOpen={isVerifying} close={() => setVerifying(false)} />
    </>
  );
}

function Content({ statement, ask }: { readonly statement: Statement; readonly ask: (figure: string) => void }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const isWide = Grid.useBreakpoint().lg ?? true;
  const { person, months, paid, account, disputes } = statement;
  const tiles = [
    { title: say('monthsPaid'), content: <span className="tile-figure">{count(months.length)}</span> },
    {
      title: say('allMonths'),
      content: <Figure name="account.months" text={count(account.contributionMonths)} ask={ask} />,
    },
    { title: say('paidByEmployer'), content: <Figure name="year.employer" amount={paid.employer} ask={ask} /> },
    { title: say('paidByMe'), content: <Figure name="year.employee" amount={paid.employee} ask={ask} /> },
    { title: say('balance'), content: <Figure name="account.closing" amount={account.closing} ask={ask} /> },
  ];
  return (
    <>
      <p className="record-person">
        <strong>{person.name}</strong> <span>{masked(person.citizenNumber)}</span>{' '}
        <Tag color={account.closed ? 'success' : 'default'}>{say(account.closed ? 'closed' : 'open')}</Tag>
      </p>
      <dl className="tiles">
        {tiles.map(({ title, content }) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{content}</dd>
          </div>
        ))}
      </dl>
      {disputes.map(({ eventId, figure, upheldOn }) => (
        <p key={eventId} className="record-note">
          {say('upheld', { figure, day: day(upheldOn, language) })}
        </p>
      ))}
      <p className="record-note">{say('yuan')}</p>
      {isWide ? <MonthTable statement={statement} ask={ask} /> : <MonthCards statement={statement} ask={ask} />}
      <AccountTable statement={statement} ask={ask} />
    </>
  );
}

/** Enough of the number to know one's own by. */
function masked(citizenNumber: string): string {
  return `${citizenNumber.slice(0, 6)}********${citizenNumber.slice(-4)}`;
}
