import { Breadcrumb, Typography } from 'antd';
import { Link } from 'react-router';
import { fundWords } from '../../i18n/funds.js';
import { useText } from '../../i18n/text.js';
import { useTimes } from './use-times.js';

/** Where one is in the room, and the way back. */
export function PageHead(props: { readonly title: string; readonly way?: readonly { title: string; to: string }[] }) {
  const { title, way = [] } = props;
  const say = useText(fundWords);
  const { query } = useTimes();
  const steps = [{ title: say('overview'), to: '/funds' }, ...way];
  return (
    <header>
      <Breadcrumb
        items={[...steps.map((step) => ({ title: <Link to={`${step.to}${query}`}>{step.title}</Link> })), { title }]}
      />
      <Typography.Title level={1} className="page-title">
        {title}
      </Typography.Title>
    </header>
  );
}
