import { useQuery } from '@tanstack/react-query';
import { FUND_NAMES } from '@provident/kernel/schemes';
import { Descriptions, Table, Typography } from 'antd';
import { useParams } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day, moment } from '../../format/dates.js';
import { explanationWords } from '../../i18n/explanation.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { EventWords } from '../../shell/event-words.js';
import { Explanation } from '../../shell/explanation.js';
import { Figure } from '../../shell/figure.js';
import { StaffName } from '../../shell/staff-name.js';
import { Failed, Loading } from '../../shell/states.js';
import { fundIn } from './fund-names.js';
import { PageHead } from './page-head.js';
import { PartyName } from './party-name.js';

type Voucher = components['schemas']['VoucherAnswer'];
type Line = components['schemas']['VoucherLineAnswer'];

/** A voucher: its entries, the event that it books, and who entered, reviewed and approved it. */
export function VoucherPage() {
  const say = useText(fundWords);
  const { number = '' } = useParams();
  const voucher = useQuery({
    queryKey: ['voucher', number],
    queryFn: () => answered(office.GET('/api/books/vouchers/{number}', { params: { path: { number } } })),
  });
  return (
    <>
      <PageHead title={say('voucherTitle', { number })} />
      {voucher.isPending ? <Loading /> : null}
      {voucher.isError ? <Failed error={voucher.error} retry={() => void voucher.refetch()} /> : null}
      {voucher.isSuccess ? <Content voucher={voucher.data} /> : null}
    </>
  );
}

function Content({ voucher }: { readonly voucher: Voucher }) {
  const say = useText(fundWords);
  const explain = useText(explanationWords);
  const name = useNames();
  const { language } = useLanguage();
  const fund = fundIn(voucher.fund);
  const facts = [
    { label: say('fund'), children: fund === undefined ? voucher.fund : name(FUND_NAMES[fund]) },
    { label: say('what'), children: <EventWords type={voucher.eventType} /> },
    { label: say('party'), children: <PartyName party={voucher.party} /> },
    { label: say('effectiveDate'), children: day(voucher.effectiveDate, language) },
    { label: say('recordedAt'), children: moment(voucher.recordedAt, language) },
    { label: say('template'), children: voucher.templates },
    { label: say('enteredBy'), children: <StaffName actor={voucher.enteredBy} /> },
    { label: say('reviewedBy'), children: <Acted actor={voucher.reviewedBy} /> },
    { label: say('approvedBy'), children: <Acted actor={voucher.approvedBy} /> },
  ];
  return (
    <>
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2, xl: 3 }}
        items={facts.map((fact) => ({ key: fact.label, ...fact }))}
      />
      <Entries lines={voucher.lines} />
      <Typography.Title level={2} className="section-title">
        {explain('title')}
      </Typography.Title>
      <Explanation of="books" address={`voucher:${voucher.voucher}`} />
    </>
  );
}

function Acted({ actor }: { readonly actor: string | null }) {
  const say = useText(fundWords);
  return actor === null ? (
    <Typography.Text type="secondary">{say('nobody')}</Typography.Text>
  ) : (
    <StaffName actor={actor} />
  );
}

function Entries({ lines }: { readonly lines: readonly Line[] }) {
  const say = useText(fundWords);
  const name = useNames();
  return (
    <Table<Line>
      size="small"
      className="statement"
      rowKey={({ account, detail, debit }) => `${account.code}.${detail.code}.${debit}`}
      pagination={false}
      dataSource={lines}
      columns={[
        { title: say('account'), key: 'account', render: (_, { account }) => `${account.code} ${name(account)}` },
        { title: say('detail'), key: 'detail', render: (_, { detail }) => name(detail) },
        ...(['debit', 'credit'] as const).map((each) => ({
          ...{ title: say(each), key: each, align: 'right' as const },
          render: (_: unknown, line: Line) => <Figure amount={line[each]} />,
        })),
      ]}
    />
  );
}
