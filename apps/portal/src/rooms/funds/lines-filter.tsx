import { useQuery } from '@tanstack/react-query';
import type { Fund } from '@provident/kernel/schemes';
import { Segmented } from 'antd';
import { useSearchParams } from 'react-router';
import { answered, office } from '../../api/client.js';
import { fundWords } from '../../i18n/funds.js';
import { useNames, useText } from '../../i18n/text.js';
import { DayField } from '../../shell/day-field.js';
import { TimesBar } from './times-bar.js';
import { useTimes } from './use-times.js';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Which lines, and which first: kept in the address with the two times. */
export function useLinesQuestion() {
  const { times } = useTimes();
  const [parameters, setParameters] = useSearchParams();
  const [from, detail] = [parameters.get('from'), parameters.get('detail')];
  return {
    question: {
      ...times,
      ...(from !== null && DAY.test(from) ? { from } : {}),
      ...(detail === null ? {} : { detail }),
    },
    isNewestFirst: parameters.get('order') === 'newest',
    change: (name: 'from' | 'detail' | 'order', value: string | undefined): void => {
      const kept = [...parameters].filter(([each]) => each !== name);
      setParameters(new URLSearchParams(value === undefined ? kept : [...kept, [name, value]]), { replace: true });
    },
  };
}

export function LinesFilter({ fund, account }: { readonly fund: Fund; readonly account: string }) {
  const say = useText(fundWords);
  const name = useNames();
  const { question, isNewestFirst, change } = useLinesQuestion();
  const { times } = useTimes();
  const query = { ...times, fund };
  const balances = useQuery({
    queryKey: ['trial-balance', query],
    queryFn: () => answered(office.GET('/api/books/trial-balance', { params: { query } })),
  });
  const details = (balances.data ?? []).filter((row) => row.account.code === account && row.detail.code !== '');
  const known = details.map(({ detail }) => ({ value: detail.code, label: name(detail) }));
  const { detail: chosen = '' } = question;
  // A statement's figure may rest on several details at once, which no single name stands for.
  const listed = chosen === '' || known.some(({ value }) => value === chosen) ? [] : [{ value: chosen, label: chosen }];
  return (
    <TimesBar>
      <DayField label={say('from')} value={question.from} onChange={(day) => change('from', day)} />
      <select
        className="plain-select"
        aria-label={say('detail')}
        value={chosen}
        onChange={({ target }) => change('detail', target.value === '' ? undefined : target.value)}
      >
        <option value="">{say('allDetails')}</option>
        {[...listed, ...known].map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
      <Segmented
        aria-label={say('order')}
        value={isNewestFirst ? 'newest' : 'oldest'}
        options={[
          { value: 'oldest', label: say('oldestFirst') },
          { value: 'newest', label: say('newestFirst') },
        ]}
        onChange={(value) => change('order', value === 'newest' ? value : undefined)}
      />
    </TimesBar>
  );
}
