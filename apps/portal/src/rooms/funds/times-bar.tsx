import { Flex } from 'antd';
import type { ReactNode } from 'react';
import { fundWords } from '../../i18n/funds.js';
import { useText } from '../../i18n/text.js';
import { DayField } from '../../shell/day-field.js';
import { type Times, useTimes } from './use-times.js';

/** The two times of every figure in this room, above it. */
export function TimesBar({ children }: { readonly children?: ReactNode }) {
  const say = useText(fundWords);
  const { times, change } = useTimes();
  const set = (name: keyof Times, day: string | undefined): void => {
    const others = Object.entries(times).filter(([each]) => each !== name);
    change(Object.fromEntries(day === undefined ? others : [...others, [name, day]]));
  };
  return (
    <Flex wrap gap={16} align="center" className="times-bar no-print">
      <DayField label={say('asOf')} value={times.asOf} onChange={(day) => set('asOf', day)} />
      <DayField
        label={say('knownAt')}
        value={times.knownAt}
        blank={say('knownNow')}
        onChange={(day) => set('knownAt', day)}
      />
      {children}
    </Flex>
  );
}
