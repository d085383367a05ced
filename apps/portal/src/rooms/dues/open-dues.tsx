import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { duesWords } from '../../i18n/dues.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';
import { Panel } from '../../shell/panel.js';
import { Failed, Loading } from '../../shell/states.js';
import { DuesView } from './dues-view.js';
import { type Dues, useDues } from './use-dues.js';
import '../statement/statement.css';
import './dues.css';

interface Opening {
  readonly employer: string;
  /** Day to which late fees run; today when absent. */
  readonly on?: string | undefined;
  /** What the button says; the employer's name when absent. */
  readonly label?: string;
  /** What can be done with what is owed, above it. */
  readonly actions?: (dues: Dues) => ReactNode;
}

/** A button that opens what an employer owes beside the page. */
export function OpenDues({ employer, label, ...rest }: Opening) {
  const say = useText(duesWords);
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button type="link" className="dues-open" onClick={() => setOpen(true)}>
        {label ?? <EmployerName code={employer} />}
      </Button>
      {isOpen ? (
        <Panel isOpen title={say('duesOf')} close={() => setOpen(false)}>
          <Content employer={employer} {...rest} />
        </Panel>
      ) : null}
    </>
  );
}

function Content({ employer, on, actions }: Omit<Opening, 'label'>) {
  const dues = useDues(employer, on);
  return (
    <>
      <p>
        <strong>
          <EmployerName code={employer} />
        </strong>{' '}
        {employer}
      </p>
      {dues.isPending ? <Loading /> : null}
      {dues.isError ? <Failed error={dues.error} retry={() => void dues.refetch()} /> : null}
      {dues.isSuccess ? (
        <>
          {actions?.(dues.data)}
          <DuesView dues={dues.data} />
        </>
      ) : null}
    </>
  );
}
