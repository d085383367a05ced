import { Button, Card, Form, Input, Select } from 'antd';
import { month as monthText } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { Reckoned } from './reckoned.js';
import { calculation, useCalculation } from './use-calculation.js';
import type { Statement } from './use-record.js';

const GROUPS = ['male-60', 'female-55', 'female-50'] as const;

interface Inputs {
  readonly group: (typeof GROUPS)[number];
  readonly birthMonth: string;
}

/** The statutory retirement month under the gradual delay, with the elastic limits around it. */
export function RetirementCalculator({ statement }: { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const run = useCalculation((inputs: Inputs) => calculation('retirement-age', inputs).then((one) => [one]));
  const { result } = run.data?.[0] ?? {};
  const text = (name: string): string => String(result?.[name] ?? '');
  return (
    <Card title={<h2 className="card-title">{say('retirement')}</h2>}>
      <Form
        layout="vertical"
        initialValues={bornAs(statement.person.citizenNumber)}
        onFinish={(inputs: Inputs) => run.mutate(inputs)}
      >
        <Form.Item name="group" label={say('group')} extra={say('fromRecord')}>
          <Select options={GROUPS.map((group) => ({ value: group, label: say(`group.${group}`) }))} />
        </Form.Item>
        <Form.Item
          name="birthMonth"
          label={say('birthMonth')}
          extra={say('fromRecord')}
          rules={[{ required: true, pattern: /^\d{4}-(0[1-9]|1[0-2])$/, message: 'YYYY-MM' }]}
        >
          <Input inputMode="numeric" placeholder="1976-09" />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={run.isPending}>
          {say('calculate')}
        </Button>
      </Form>
      <div aria-live="polite">
        {run.isError ? <Failed error={run.error} /> : null}
        {result === undefined ? null : (
          <>
            <dl className="lines results">
              <div>
                <dt>{say('retireIn')}</dt>
                <dd>
                  <strong>{monthText(text('retirementMonth'), language)}</strong>
                </dd>
              </div>
              <div>
                <dt>{say('retireAge')}</dt>
                <dd>{say('ageText', { years: text('ageYears'), months: text('ageMonths') })}</dd>
              </div>
              {(['earliest', 'latest'] as const).map((each) =>
                text(`${each}Month`) === '' ? null : (
                  <div key={each}>
                    <dt>{say(each)}</dt>
                    <dd>{monthText(text(`${each}Month`), language)}</dd>
                  </div>
                ),
              )}
            </dl>
            <Reckoned calculated={run.data ?? []} />
          </>
        )}
      </div>
    </Card>
  );
}

/** Month of birth and sex as the citizen number has them (GB 11643); of women the later group, to be chosen otherwise. */
export function bornAs(citizenNumber: string): Inputs {
  const isMale = Number(citizenNumber.slice(16, 17)) % 2 === 1;
  const birthMonth = `${citizenNumber.slice(6, 10)}-${citizenNumber.slice(10, 12)}`;
  return { group: isMale ? 'male-60' : 'female-55', birthMonth };
}
