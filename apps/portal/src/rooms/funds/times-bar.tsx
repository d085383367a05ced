import { DatePicker, Flex } from 'antd';
import dayjs from 'dayjs';
import type { ReactNode } from 'react';
import { useId } from 'react';
import { fundWords } from '../../i18n/funds.js';
import { useText } from '../../i18n/text.js';
import { useTimes } from './use-times.js';

/** The two times of every figure in this room, above it. */
export function TimesBar({ children }: { readonly children?: ReactNode }) {
  const say = useText(fundWords);
  const { times, change } = useTimes();
  return (
    <Flex wrap gap={16} align="center" className="times-bar no-print">
      <DayField
        label={say('asOf')}
        value={times.asOf}
        onChange={(asOf) => change({ ...without(times, 'asOf'), ...asOf })}
        name="asOf"
      />
      <DayField
        label={say('knownAt')}
        value={times.knownAt}
        placeholder={say('knownNow')}
        onChange={(knownAt) => change({ ...without(times, 'knownAt'), ...knownAt })}
        name="knownAt"
      />
      {children}
    </Flex>
  );
}

/** A day to choose, or none. */
export function DayField(props: {
  readonly label: string;
  readonly name: 'asOf' | 'knownAt' | 'from';
  readonly value: string | undefined;
  readonly placeholder?: string;
  readonly onChange: (change: Readonly<Record<string, string>>) => void;
}) {
  const { label, name, value, placeholder, onChange } = props;
  const id = useId();
  return (
    <Flex gap={8} align="center">
      <label htmlFor={id}>{label}</label>
      <DatePicker
        id={id}
        value={value === undefined ? null : dayjs(value)}
        {...(placeholder === undefined ? {} : { placeholder })}
        onChange={(day) => onChange(day === null ? {} : { [name]: day.format('YYYY-MM-DD') })}
      />
    </Flex>
  );
}

function without<Key extends string>(
  times: Readonly<Partial<Record<Key, string>>>,
  name: Key,
): Partial<Record<Key, string>> {
  return Object.fromEntries(Object.entries(times).filter(([each]) => each !== name)) as Partial<Record<Key, string>>;
}
