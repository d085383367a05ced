import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Card, Input, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { answered, office } from '../../api/client.js';
import { verifyWords } from '../../i18n/verify.js';
import { useText } from '../../i18n/text.js';
import { LanguageSwitch } from '../../shell/language-switch.js';
import { Failed } from '../../shell/states.js';
import { FileChoice } from './file-choice.js';
import { lookAtFile, printedIn } from './look-at-file.js';
import { VerdictView } from './verdict-view.js';
import './verify.css';

/**
 * Where the code on a printed statement leads: anybody who holds the page checks it here, without an account. The file is
 * read by this browser and sent to nobody.
 */
export default function Verify() {
  const say = useText(verifyWords);
  const printed = usePrinted();
  const keys = useQuery({
    queryKey: ['log-keys'],
    queryFn: () => answered(office.GET('/api/supervision/keys')),
  });
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keys.data?.map((each) => each.key).join('\n') ?? '';
  const looking = useMutation({ mutationFn: (file: File) => lookAtFile(file, key, printed) });
  return (
    <div className="door">
      <div className="door-language">
        <LanguageSwitch />
      </div>
      <main className="verify">
        <Typography.Title level={1} className="page-title">
          {say('title')}
        </Typography.Title>
        <p>{say('text')}</p>
        <Card>
          {printed === undefined ? (
            <p>{say('noCode')}</p>
          ) : (
            <dl className="facts">
              <div>
                <dt>{say('codeOf')}</dt>
                <dd>{say('codeText', { year: printed.year, area: printed.area })}</dd>
              </div>
              <div>
                <dt>{say('digest')}</dt>
                <dd className="verify-digest">{printed.digest}</dd>
              </div>
            </dl>
          )}
          <FileChoice isBusy={looking.isPending} isOff={key === ''} choose={(file) => looking.mutate(file)} />
          <div aria-live="polite" className="verify-verdict">
            {keys.isError ? <Failed error={keys.error} retry={() => void keys.refetch()} /> : null}
            {looking.isError ? <Alert type="error" showIcon title={say('unreadable')} /> : null}
            {looking.data === undefined ? null : <VerdictView verdict={looking.data} printed={printed} />}
          </div>
          <label className="verify-key">
            <span>{say('key')}</span>
            <Input.TextArea value={key} rows={3} onChange={({ target }) => setOwnKey(target.value)} />
          </label>
          <p className="verify-note">{say('keyText')}</p>
        </Card>
        <p>
          <a href="/">{say('toPortal')}</a>
        </p>
      </main>
    </div>
  );
}

/** The record that the address names behind its `#`; another code scanned in the same tab names another. */
function usePrinted() {
  const [printed, setPrinted] = useState(() => printedIn(globalThis.location.hash));
  useEffect(() => {
    const follow = (): void => setPrinted(printedIn(globalThis.location.hash));
    globalThis.addEventListener('hashchange', follow);
    return () => globalThis.removeEventListener('hashchange', follow);
  }, []);
  return printed;
}
