import { useQuery } from '@tanstack/react-query';
import { Table } from 'antd';
import { Link } from 'react-router';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { fundWords } from '../../i18n/funds.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';
import { DownloadButton } from '../../shell/download-button.js';
import { PageHead } from './page-head.js';
import { TimesBar } from './times-bar.js';
import { queryOf, useTimes } from './use-times.js';

type Row = components['schemas']['OpenReceiptAnswer'];

/** Money that waits for its payer, the oldest first, with the bank's own words. */
export function ReceiptsPage() {
  const say = useText(fundWords);
  const { times } = useTimes();
  const { language } = useLanguage();
  const receipts = useQuery({
    queryKey: ['unidentified', times],
    queryFn: () => answered(office.GET('/api/books/unidentified-receipts', { params: { query: times } })),
  });
  const file = queryOf({ ...times, language: language === 'en' ? 'en' : 'zh' });
  return (
    <>
      <PageHead title={say('receipts')} />
      <TimesBar>
        <DownloadButton label={say('exportXlsx')} path={`/api/books/unidentified-receipts.xlsx${file}`} />
      </TimesBar>
      {receipts.isPending ? <Loading /> : null}
      {receipts.isError ? <Failed error={receipts.error} retry={() => void receipts.refetch()} /> : null}
      {receipts.isSuccess ? <Rows rows={receipts.data.receipts} total={receipts.data.total} /> : null}
    </>
  );
}

function Rows({ rows, total }: { readonly rows: readonly Row[]; readonly total: string }) {
  const say = useText(fundWords);
  const name = useNames();
  const { language } = useLanguage();
  if (rows.length === 0) return <Nothing>{say('noReceipts')}</Nothing>;
  return (
    <Table<Row>
      size="small"
      rowKey="receiptId"
      dataSource={rows}
      pagination={{ pageSize: 50, hideOnSinglePage: true }}
      scroll={{ x: 900 }}
      title={() => (
        <>
          {say('total')} <Figure amount={total} strong />
        </>
      )}
      columns={[
        { title: say('date'), key: 'date', render: (_, row) => day(row.valueDate, language) },
        { title: say('fund'), key: 'fund', render: (_, row) => name(row.fund) },
        { title: say('payer'), dataIndex: 'payerName', key: 'payer' },
        { title: say('purpose'), dataIndex: 'purpose', key: 'purpose' },
        { title: say('bankReference'), dataIndex: 'bankReference', key: 'reference' },
        {
          ...{ title: say('voucher'), key: 'voucher' },
          render: (_, { voucher }) => <Link to={`/funds/vouchers/${voucher}`}>{voucher}</Link>,
        },
        {
          title: say('amount'),
          key: 'amount',
          align: 'right',
          render: (_, row) => <Figure amount={row.amount} strong />,
        },
      ]}
    />
  );
}
