import { useQuery } from '@tanstack/react-query';
import { Button, Input, Space, Upload } from 'antd';
import { useState } from 'react';
import { answered, keepAnswer, office } from '../../api/client.js';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { Panel } from '../../shell/panel.js';
import { Failed } from '../../shell/states.js';
import { type Checked, checkDocument } from './check-document.js';
import { Outcome } from './verify-outcome.js';
import type { Statement } from './use-record.js';

/** Checks the proofs in this browser, of the statement that is shown or of a file that somebody was given. */
export function VerifyDrawer(props: {
  readonly statement: Statement;
  readonly isOpen: boolean;
  readonly close: () => void;
}) {
  const { statement, isOpen, close } = props;
  const say = useText(statementWords);
  const { personId } = statement.person;
  const { year, digest } = statement;
  const keys = useQuery({
    queryKey: ['log-keys'],
    enabled: isOpen,
    queryFn: () => answered(office.GET('/api/supervision/keys')),
  });
  const [ownKey, setOwnKey] = useState<string>();
  const [checked, setChecked] = useState<Checked>();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const key = ownKey ?? keys.data?.map((each) => each.key).join('\n') ?? '';
  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    setChecked(undefined);
    setError(undefined);
    await work().catch(setError);
    setBusy(false);
  };
  const proof = () =>
    answered(office.GET('/api/people/{personId}/statements/{year}/proof', { params: { path: { personId, year } } }));
  const keepProof = async (): Promise<void> => {
    await keepAnswer(Response.json(await proof()), `statement-${year}.proof.json`);
  };
  const verifyShown = () =>
    run(async () => {
      const document = await proof();
      const outcome = await checkDocument(document, key);
      const isShown = (document.statement as { digest?: string }).digest === digest;
      setChecked(isShown ? outcome : { isProven: false, why: say('changed') });
    });
  const verifyFile = (file: File) => run(async () => setChecked(await checkDocument(await file.text(), key)));
  return (
    <Panel isOpen={isOpen} close={close} title={say('verifyTitle')}>
      <p>{say('verifyText')}</p>
      <Space wrap className="verify-actions">
        <Button type="primary" loading={isBusy} disabled={key === ''} onClick={() => void verifyShown()}>
          {say('verifyNow')}
        </Button>
        <Button onClick={() => void run(keepProof)}>{say('keepProof')}</Button>
        <Upload
          accept=".json"
          maxCount={1}
          showUploadList={false}
          beforeUpload={(file) => {
            void verifyFile(file);
            return false;
          }}
        >
          <Button disabled={key === ''}>{say('verifyFile')}</Button>
        </Upload>
      </Space>
      <div aria-live="polite" className="verify-outcome">
        {error === undefined ? null : <Failed error={error} />}
        {keys.isError ? <Failed error={keys.error} retry={() => void keys.refetch()} /> : null}
        {checked === undefined ? null : <Outcome checked={checked} />}
      </div>
      <label className="verify-key">
        <span>{say('key')}</span>
        <Input.TextArea value={key} rows={4} onChange={({ target }) => setOwnKey(target.value)} />
      </label>
      <p className="record-note">{say('keyText')}</p>
    </Panel>
  );
}
