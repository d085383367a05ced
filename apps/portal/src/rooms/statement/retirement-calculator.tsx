import { Button, Card, Form, Input } from 'antd';
import { month as monthText } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';
import { bornAs, type Group, GroupItem } from './group.js';
import { Reckoned } from './reckoned.js';
import { calculation, useCalculation } from './use-calculation.js';
import type { Statement } from './use-record.js';

interface Inputs {
  readonly group: Group;
  readonly birthMonth: string;
}

/** The statutory retirement month under the gradual delay, with the elastic limits around it. */
export function RetirementCalculator({ statement }: { readonly statement: Statement }) {
  const say = useText(statementWords);
  const { language } = useLanguage();
  const run = useCalculation((inputs: Inputs) => calculation('retirement-age', inputs).then((one) => [one]));
  const { result } = run.data?.[0] ?? {};
  const { isMale, birthMonth } = bornAs(statement.person.citizenNumber);
  const text = (name: string): string => String(result?.[name] ?? '');
  return (
    <Card title={<h2 className="card-title">{say('retirement')}</h2>}>
      <Form
        name="retirement"
        layout="vertical"
        initialValues={{ birthMonth, ...(isMale ? { group: 'male-60' } : {}) }}
        onFinish={(inputs: Inputs) => run.mutate(inputs)}
      >
        <GroupItem isMale={isMale} />
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
