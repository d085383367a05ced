import { Button, Card, Form, Input, InputNumber } from 'antd';
import { month } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed, Loading } from '../../shell/states.js';
import { bornAs, type Group, GroupItem } from './group.js';
import { Reckoned } from './reckoned.js';
import { type Calculated, calculation, useCalculation } from './use-calculation.js';
import { useContributionIndex } from './use-contribution-index.js';
import type { Statement } from './use-record.js';

interface Inputs {
  readonly group: Group;
  /** Blank: the area's parameter on the last day of the statement's year. */
  readonly calculationBase?: string;
  readonly averageIndex: string;
  readonly contributionMonths: number;
  readonly accountBalance: string;
}

const PARTS = ['basicPension', 'accountPension'] as const;

/**
 * The monthly pension if one retired at the statutory age with what is on record, by the calculation base given or the area's of the year.
 * Three formulas after one another: the age, the payment months at that age, the pension.
 */
export function PensionCalculator({ statement }: { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const { area, person, account } = statement;
  const { isMale, birthMonth } = bornAs(person.citizenNumber);
  const onRecord = useContributionIndex();
  const run = useCalculation(async ({ group, calculationBase, ...inputs }: Inputs): Promise<readonly Calculated[]> => {
    const age = await calculation('retirement-age', { group, birthMonth });
    const ageYears = Number(age.result['ageYears']);
    const ageMonths = Number(age.result['ageMonths']);
    const months = await calculation('payment-months', { ageYears, ageMonths });
    const pension = await calculation('pension-at-retirement', {
      ...inputs,
      ...(calculationBase === undefined || calculationBase === '' ? {} : { calculationBase }),
      paymentMonths: String(months.result['paymentMonths']),
      ...{ yearsRounding: 'exact', amountRounding: 'fen-half-up', basicPensionRule: 'standard' },
      ...{ area, on: `${statement.year}-12-31` },
    });
    return [age, months, pension];
  });
  if (onRecord.isPending) return <Loading />;
  const { averageIndex, months = 0, first = '', last = '', withoutWage = [] } = onRecord.data ?? {};
  const period = { months, first: month(first, language), last: month(last, language), without: withoutWage.length };
  return (
    <Card title={<h2 className="card-title">{say('pension')}</h2>}>
      <p className="record-note">{say('pensionText')}</p>
      <Form
        name="pension"
        layout="vertical"
        initialValues={{
          ...(isMale ? { group: 'male-60' } : {}),
          averageIndex,
          contributionMonths: account.contributionMonths,
          accountBalance: account.closing,
        }}
        onFinish={(inputs: Inputs) => run.mutate(inputs)}
      >
        <GroupItem isMale={isMale} />
        <Form.Item
          name="calculationBase"
          label={say('calculationBase')}
          extra={say('baseFromParameter', { year: statement.year })}
          rules={[{ pattern: /^\d+\.\d{2}$/, message: '12434.00' }]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item
          name="averageIndex"
          label={say('averageIndex')}
          extra={averageIndex === undefined ? say('indexUnknown') : say('indexFromRecord', period)}
          rules={[{ required: true, pattern: /^\d(\.\d{1,4})?$/, message: '0.6000 – 3.0000' }]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
        <Form.Item name="contributionMonths" label={say('contributionMonths')} extra={say('fromRecord')}>
          <InputNumber min={0} max={720} precision={0} />
        </Form.Item>
        <Form.Item
          name="accountBalance"
          label={say('accountBalance')}
          extra={say('fromRecord')}
          rules={[{ required: true, pattern: /^\d+\.\d{2}$/, message: '12345.67' }]}
        >
          <Input inputMode="decimal" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={run.isPending}>
          {say('calculate')}
        </Button>
      </Form>
      <div aria-live="polite">
        {run.isError ? <Failed error={run.error} /> : null}
        {run.data === undefined ? null : <Results calculated={run.data} />}
      </div>
    </Card>
  );
}

/** The parts of the pension and their sum, and how the three formulas came to them. */
function Results({ calculated }: { readonly calculated: readonly Calculated[] }) {
  const say = useText(statementWords);
  const result = calculated.at(-1)?.result;
  return (
    <>
      <dl className="lines results">
        {PARTS.map((part) => (
          <div key={part}>
            <dt>{say(part)}</dt>
            <dd>{money(String(result?.[part] ?? '0.00'))}</dd>
          </div>
        ))}
        <div>
          <dt>{say('pensionTotal')}</dt>
          <dd>
            <strong>{money(String(result?.['total'] ?? '0.00'))}</strong>
          </dd>
        </div>
      </dl>
      <Reckoned calculated={calculated} />
    </>
  );
}
