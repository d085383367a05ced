import { Button, Card, Form, Input, InputNumber } from 'antd';
import { money } from '../../format/money.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { Reckoned } from './reckoned.js';
import { bornAs } from './retirement-calculator.js';
import { type Calculated, calculation, useCalculation } from './use-calculation.js';
import type { Statement } from './use-record.js';

interface Inputs {
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
  const { area, person, account } = statement;
  const run = useCalculation(async ({ calculationBase, ...inputs }: Inputs): Promise<readonly Calculated[]> => {
    const age = await calculation('retirement-age', bornAs(person.citizenNumber));
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
  return (
    <Card title={<h2 className="card-title">{say('pension')}</h2>}>
      <p className="record-note">{say('pensionText')}</p>
      <Form
        layout="vertical"
        initialValues={{
          averageIndex: '1.0000',
          contributionMonths: account.contributionMonths,
          accountBalance: account.closing,
        }}
        onFinish={(inputs: Inputs) => run.mutate(inputs)}
      >
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
