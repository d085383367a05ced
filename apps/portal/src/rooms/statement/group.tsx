import { Form } from 'antd';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';

const GROUPS = ['male-60', 'female-55', 'female-50'] as const;
export type Group = (typeof GROUPS)[number];

/** Month of birth and sex as the citizen number has them (GB 11643). */
export function bornAs(citizenNumber: string): { readonly isMale: boolean; readonly birthMonth: string } {
  const isMale = Number(citizenNumber.slice(16, 17)) % 2 === 1;
  return { isMale, birthMonth: `${citizenNumber.slice(6, 10)}-${citizenNumber.slice(10, 12)}` };
}

/**
 * What a statutory age depends on. A citizen number tells men from women and no more: whether a woman works in a
 * managerial or technical post (55) or as a worker (50) is hers to say, so nothing is chosen for her.
 */
export function GroupItem({ isMale }: { readonly isMale: boolean }) {
  const say = useText(statementWords);
  return (
    <Form.Item
      name="group"
      label={say('group')}
      extra={say(isMale ? 'fromRecord' : 'groupText')}
      rules={[{ required: true, message: say('chooseGroup') }]}
    >
      <GroupChoice />
    </Form.Item>
  );
}

function GroupChoice(props: {
  readonly id?: string;
  readonly value?: Group | '';
  readonly onChange?: (group: Group | '') => void;
}) {
  const { id, value = '', onChange } = props;
  const say = useText(statementWords);
  return (
    <select
      id={id}
      className="plain-select"
      value={value}
      onChange={({ target }) => onChange?.(target.value as Group | '')}
    >
      <option value="">{say('chooseGroup')}</option>
      {GROUPS.map((group) => (
        <option key={group} value={group}>
          {say(`group.${group}`)}
        </option>
      ))}
    </select>
  );
}
