import { CheckCircleFilled, CloseCircleFilled } from '@ant-design/icons';
import { Alert } from 'antd';
import { count } from '../../format/money.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import type { Checked } from './check-document.js';

/** What the verifier found, and what it did not look at. */
export function Outcome({ checked }: { readonly checked: Checked }) {
  const say = useText(statementWords);
  if (!checked.isProven) {
    return (
      <Alert type="error" showIcon icon={<CloseCircleFilled />} title={say('notProven')} description={checked.why} />
    );
  }
  const { events, origin, size, signers } = checked;
  return (
    <Alert
      type="success"
      showIcon
      icon={<CheckCircleFilled />}
      title={say('proven')}
      description={
        <>
          <p>{say('provenText', { events: count(events), origin, size: count(size) })}</p>
          <p>{say('signedBy', { names: signers.join('、') })}</p>
          <p>{say('unproven')}</p>
        </>
      }
    />
  );
}
