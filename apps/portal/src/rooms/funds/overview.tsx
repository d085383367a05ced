import { CheckCircleOutlined, ExclamationCircleOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Card, Col, Row, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { count, isZero } from '../../format/money.js';
import { fundWords } from '../../i18n/funds.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading } from '../../shell/states.js';
import { TimesBar } from './times-bar.js';
import { useTimes } from './use-times.js';

/** First what is wrong or waiting, then the funds. */
export function Overview() {
  const say = useText(fundWords);
  return (
    <>
      <Typography.Title level={1} className="page-title">
        {say('title')}
      </Typography.Title>
      <TimesBar />
      <Typography.Title level={2} className="section-title">
        {say('openItems')}
      </Typography.Title>
      <Row gutter={[16, 16]}>
        <Gaps />
        <Arrears />
        <Receipts />
      </Row>
      <Typography.Title level={2} className="section-title">
        {say('funds')}
      </Typography.Title>
      <FundCards />
    </>
  );
}

function Gaps() {
  const say = useText(fundWords);
  const { times } = useTimes();
  const gaps = useQuery({
    queryKey: ['control-totals', times],
    queryFn: () => answered(office.GET('/api/books/control-totals', { params: { query: times } })),
  });
  if (!gaps.isSuccess) return <Waiting title={say('gaps')} asked={gaps} />;
  const { personalAccounts, controlAccount } = gaps.data;
  const months = gaps.data.months ?? [];
  const differs = personalAccounts !== controlAccount;
  const text = months.length > 0 ? say('gapsFound', { count: months.length }) : say('gapsNone');
  return (
    <Item title={say('gaps')} to="/funds/gaps" isOpen={differs || months.length > 0}>
      {differs ? say('controlDiffers') : text}
    </Item>
  );
}

function Arrears() {
  const say = useText(fundWords);
  const { times } = useTimes();
  const arrears = useQuery({
    queryKey: ['arrears', times],
    queryFn: () => answered(office.GET('/api/statistics/arrears', { params: { query: times } })),
  });
  if (!arrears.isSuccess) return <Waiting title={say('arrears')} asked={arrears} />;
  const { total, count: all } = arrears.data;
  return (
    <Item title={say('arrears')} to="/funds/arrears" isOpen={!isZero(total)} amount={total}>
      {say('arrearsCount', { count: count(all) })}
    </Item>
  );
}

function Receipts() {
  const say = useText(fundWords);
  const { times } = useTimes();
  const receipts = useQuery({
    queryKey: ['unidentified', times],
    queryFn: () => answered(office.GET('/api/books/unidentified-receipts', { params: { query: times } })),
  });
  if (!receipts.isSuccess) return <Waiting title={say('receipts')} asked={receipts} />;
  const { total, count: all } = receipts.data;
  return (
    <Item title={say('receipts')} to="/funds/receipts" isOpen={!isZero(total)} amount={total}>
      {say('receiptsCount', { count: count(all) })}
    </Item>
  );
}

interface Asked {
  readonly isError: boolean;
  readonly error: unknown;
  readonly refetch: () => unknown;
}

function Waiting({ title, asked }: { readonly title: string; readonly asked: Asked }) {
  return (
    <Col xs={24} md={8}>
      <Card size="small" title={title}>
        {asked.isError ? <Failed error={asked.error} retry={() => void asked.refetch()} /> : <Loading rows={2} />}
      </Card>
    </Col>
  );
}

function Item(props: {
  readonly title: string;
  readonly to: string;
  readonly isOpen: boolean;
  readonly amount?: string;
  readonly children: ReactNode;
}) {
  const { title, to, isOpen, amount, children } = props;
  const say = useText(fundWords);
  const { query } = useTimes();
  return (
    <Col xs={24} md={8}>
      <Card
        size="small"
        className={isOpen ? 'item item-open' : 'item'}
        title={
          <>
            {isOpen ? <ExclamationCircleOutlined /> : <CheckCircleOutlined />} {title}
          </>
        }
        extra={
          <Link to={`${to}${query}`} aria-label={`${say('look')} ${title}`}>
            {say('look')}
          </Link>
        }
      >
        {amount === undefined ? null : (
          <div className="item-amount">
            <Figure amount={amount} strong />
          </div>
        )}
        <div>{children}</div>
      </Card>
    </Col>
  );
}

function FundCards() {
  const { times } = useTimes();
  const funds = useQuery({
    queryKey: ['funds', times],
    queryFn: () => answered(office.GET('/api/books/funds', { params: { query: times } })),
  });
  if (funds.isPending) return <Loading />;
  if (funds.isError) return <Failed error={funds.error} retry={() => void funds.refetch()} />;
  return (
    <Row gutter={[16, 16]}>
      {funds.data.map((position) => (
        <Col key={position.fund.code} xs={24} md={12} xxl={6}>
          <FundCard position={position} />
        </Col>
      ))}
    </Row>
  );
}

function FundCard({ position }: { readonly position: components['schemas']['FundPositionAnswer'] }) {
  const say = useText(fundWords);
  const name = useNames();
  const { query } = useTimes();
  const { fund, ...figures } = position;
  return (
    <Card
      size="small"
      title={name(fund)}
      extra={
        <Link to={`/funds/${fund.code}${query}`} aria-label={`${say('openFund')} ${name(fund)}`}>
          {say('openFund')}
        </Link>
      }
    >
      <dl className="figures">
        {(['assets', 'liabilities', 'netAssets', 'income', 'expenditure'] as const).map((each) => (
          <div key={each}>
            <dt>{say(each)}</dt>
            <dd>
              <Figure amount={figures[each]} strong={each === 'netAssets'} />
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
