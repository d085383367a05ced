import { Flex } from 'antd';
import { useId } from 'react';

/** A day to choose, or none; `blank` says what counts where none is chosen. The browser's own field, in its own language. */
export function DayField(props: {
  readonly label: string;
  readonly value: string | undefined;
  readonly blank?: string;
  readonly onChange: (day: string | undefined) => void;
}) {
  const { label, value, blank, onChange } = props;
  const id = useId();
  return (
    <Flex gap={8} align="center">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="date"
        className="plain-select"
        value={value ?? ''}
        max="9999-12-31"
        onChange={({ target }) => onChange(target.value === '' ? undefined : target.value)}
      />
      {value === undefined && blank !== undefined ? <span className="day-blank">{blank}</span> : null}
    </Flex>
  );
}
