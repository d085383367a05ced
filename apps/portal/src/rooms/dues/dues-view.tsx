import { FUND_NAMES, SCHEME_NAMES } from '@provident/kernel/schemes';
import { Typography } from 'antd';
import { day, month } from '../../format/dates.js';
import { duesWords } from '../../i18n/dues.js';
import { useLanguage } from '../../i18n/language.js';
import { useNames, useText } from '../../i18n/text.js';
import { Figure } from '../../shell/figure.js';
import { Nothing } from '../../shell/states.js';
import { DuesTable } from './dues-table.js';
import type { Dues } from './use-dues.js';

/** What an employer owes, part by part: contributions, late fees with their days, rate and article, fines; and what is held. */
export function DuesView({ dues }: { readonly dues: Dues }) {
  const say = useText(duesWords);
  const name = useNames();
  const { language } = useLanguage();
  const { contributions, lateFees, toBeAssessed, accruing, fines, held } = dues;
  const isNothing = [contributions, lateFees, toBeAssessed, accruing, fines, held].every(({ length }) => length === 0);
  if (isNothing) return <Nothing>{say('nothingOwed')}</Nothing>;
  return (
    <>
      <Typography.Paragraph type="secondary">{say('duesOn', { day: day(dues.on, language) })}</Typography.Paragraph>
      <Uncharged title={say('toBeAssessed')} total={dues.toBeAssessedTotal} rows={toBeAssessed} />
      <DuesTable
        title={say('contributions')}
        total={<Figure amount={dues.contributionsTotal} strong />}
        columns={[say('month'), say('fund'), say('dueDate'), say('unpaid')]}
        rows={contributions.map((each) => [
          ...[month(each.month, language), name(FUND_NAMES[each.fund]), day(each.dueDate, language)],
          <Figure key="amount" amount={each.amount} />,
        ])}
      />
      <Uncharged title={say('accruing')} total={dues.accruingTotal} rows={accruing} />
      <DuesTable
        title={say('charged')}
        columns={[...[say('month'), say('scheme'), say('fee'), say('unpaid')], ...[say('days'), say('basis')]]}
        rows={lateFees.map((each) => [
          ...[month(each.month, language), name(SCHEME_NAMES[each.scheme])],
          ...[<Figure key="fee" amount={each.fee} />, <Figure key="unpaid" amount={each.unpaid} strong />],
          ...[each.days, each.basis],
        ])}
      />
      <DuesTable
        title={say('fines')}
        total={<Figure amount={dues.finesTotal} strong />}
        columns={[say('decision'), say('ground'), say('imposedOn'), say('amount'), say('unpaid')]}
        rows={fines.map((each) => [
          ...[each.decisionNumber, say(`ground.${each.ground}`), day(each.imposedOn, language)],
          ...[<Figure key="amount" amount={each.amount} />, <Figure key="unpaid" amount={each.unpaid} strong />],
        ])}
      />
      <DuesTable
        title={say('held')}
        columns={[say('fund'), say('heldFor'), say('amount')]}
        rows={held.map((each) => [
          ...[name(FUND_NAMES[each.fund]), say(`heldFor.${each.heldFor}`)],
          <Figure key="amount" amount={each.amount} />,
        ])}
      />
    </>
  );
}

/** Late fees that nobody has charged: on what, for how many days, at which rate, by which article. */
export function Uncharged(props: {
  readonly title: string;
  readonly total: string;
  readonly rows: Dues['toBeAssessed'];
}) {
  const { title, total, rows } = props;
  const say = useText(duesWords);
  const name = useNames();
  const { language } = useLanguage();
  return (
    <DuesTable
      title={title}
      total={<Figure amount={total} strong />}
      columns={[
        ...[say('month'), say('scheme'), say('fee'), say('days')],
        ...[say('rate'), say('principal'), say('dueDate'), say('basis')],
      ]}
      rows={rows.map((each) => [
        ...[month(each.month, language), name(SCHEME_NAMES[each.scheme])],
        <Figure key="fee" amount={each.fee} strong />,
        ...[each.days, each.segments.map(({ rate }) => rate).join(' / ')],
        <Figure key="principal" amount={each.principal} />,
        ...[day(each.dueDate, language), each.basis],
      ])}
    />
  );
}
