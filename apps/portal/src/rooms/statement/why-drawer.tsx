import { useQuery } from '@tanstack/react-query';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { answered, office } from '../../api/client.js';
import { statementWords } from '../../i18n/statement.js';
import { useNames, useText } from '../../i18n/text.js';
import { Panel } from '../../shell/panel.js';
import { Failed, Loading } from '../../shell/states.js';
import { DisputeForm } from './dispute-form.js';
import { Explained } from './explained.js';
import type { Statement } from './use-record.js';

/** Why a figure is what it is: the arithmetic with its parameters and articles, and what happened. */
export function WhyDrawer(props: {
  readonly statement: Statement;
  readonly figure: string | undefined;
  readonly close: () => void;
}) {
  const { statement, figure, close } = props;
  const say = useText(statementWords);
  const name = useNames();
  const [isDisputing, setDisputing] = useState(false);
  const [sent, setSent] = useState<string>();
  const { personId } = statement.person;
  const { year } = statement;
  const asked = useQuery({
    queryKey: ['explanation', personId, year, figure],
    enabled: figure !== undefined,
    queryFn: () =>
      answered(
        office.GET('/api/people/{personId}/statements/{year}/explanations/{figure}', {
          params: { path: { personId, year, figure: figure ?? '' } },
        }),
      ),
  });
  return (
    <Panel isOpen={figure !== undefined} close={close} title={asked.data === undefined ? '' : name(asked.data.title)}>
      {asked.isError ? (
        <Failed error={asked.error} retry={() => void asked.refetch()} />
      ) : asked.data === undefined ? (
        <Loading />
      ) : (
        <>
          <Explained explanation={asked.data} />
          {sent === figure ? (
            <Alert type="success" showIcon title={say('disputeSent')} />
          ) : (
            <Button onClick={() => setDisputing(true)}>{say('dispute')}</Button>
          )}
          <DisputeForm
            year={year}
            explanation={asked.data}
            isOpen={isDisputing}
            close={() => setDisputing(false)}
            onSent={() => setSent(figure)}
          />
        </>
      )}
    </Panel>
  );
}
