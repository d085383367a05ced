import { useQuery } from '@tanstack/react-query';
import { Flex, Segmented, Select, Table, Tag } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import type { components } from '../../api/office.js';
import { day } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { shellWords } from '../../i18n/shell.js';
import { supervisionWords } from '../../i18n/supervision.js';
import { useNames, useText } from '../../i18n/text.js';
import { NamingPeople, StaffName } from '../../shell/staff-name.js';
import { ScrollRegion } from '../../shell/scroll-region.js';
import { Failed, Loading, Nothing } from '../../shell/states.js';

type Alert = components['schemas']['AlertAnswer'];
const STATES = ['open', 'acknowledged', 'resolved', 'all'] as const;
const COLOURS = { error: 'error', warning: 'warning', notice: 'processing' } as const;

/** What continuous control found: overrides, late corrections and whatever else a rule looks for. */
export function Alerts() {
  const say = useText(supervisionWords);
  const name = useNames();
  const [state, setState] = useState<(typeof STATES)[number]>('open');
  const [check, setCheck] = useState<string>();
  const query = { state, ...(check === undefined ? {} : { check }) };
  const alerts = useQuery({
    queryKey: ['alerts', query],
    queryFn: () => answered(office.GET('/api/supervision/alerts', { params: { query } })),
  });
  const rules = useQuery({ queryKey: ['rules'], queryFn: () => answered(office.GET('/api/supervision/rules')) });
  const options = (rules.data ?? []).map((rule) => ({
    value: rule.id,
    label: rule.hasSomethingToLookAt ? name(rule) : `${name(rule)}（${say('nothingToLookAt')}）`,
  }));
  return (
    <>
      <Flex wrap gap={16} align="center" className="times-bar">
        <Segmented
          aria-label={say('state')}
          value={state}
          onChange={setState}
          options={STATES.map((value) => ({ value, label: say(`state.${value}`) }))}
        />
        <Select<string>
          allowClear
          aria-label={say('rules')}
          placeholder={say('allChecks')}
          className="rule-field"
          options={options}
          onChange={(value: string | undefined) => setCheck(value)}
        />
      </Flex>
      {alerts.isPending ? <Loading /> : null}
      {alerts.isError ? <Failed error={alerts.error} retry={() => void alerts.refetch()} /> : null}
      {alerts.isSuccess ? (
        <Rows rows={alerts.data} names={new Map((rules.data ?? []).map((rule) => [rule.id, name(rule)]))} />
      ) : null}
    </>
  );
}

function Rows({ rows, names }: { readonly rows: Alert[]; readonly names: ReadonlyMap<string, string> }) {
  const say = useText(supervisionWords);
  const { language } = useLanguage();
  if (rows.length === 0) return <Nothing>{say('noAlerts')}</Nothing>;
  return (
    <ScrollRegion label={say('alerts')}>
      <Table<Alert>
        size="small"
        rowKey="alertId"
        dataSource={rows}
        pagination={{ pageSize: 20, hideOnSinglePage: true }}
        columns={[
          {
            ...{ title: say('severity'), key: 'severity', width: 90 },
            render: (_, { severity }) => <Tag color={COLOURS[severity]}>{say(`severity.${severity}`)}</Tag>,
          },
          { title: say('rule'), key: 'rule', width: 190, render: (_, row) => names.get(row.check) ?? row.rule },
          { title: say('found'), key: 'message', render: (_, row) => <NamingPeople text={row.message} /> },
          { title: say('owner'), key: 'owner', width: 120, render: (_, row) => <Owner owner={row.owner} /> },
          { title: say('since'), key: 'since', width: 130, render: (_, row) => day(row.raisedOn, language) },
          { title: say('state'), key: 'state', width: 100, render: (_, row) => say(`state.${row.state}`) },
        ]}
      />
    </ScrollRegion>
  );
}

/** A role, or the person who took the alert over. */
function Owner({ owner }: { readonly owner: string }) {
  const say = useText(shellWords);
  const key = `role.${owner}`;
  return key in shellWords ? <>{say(key as keyof typeof shellWords)}</> : <StaffName actor={owner} />;
}
