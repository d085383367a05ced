import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { download } from '../api/client.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { Failed } from './states.js';

/** Fetches a file and says that it is there; a refusal is shown where the button is. `what` names the file to listeners. */
export function DownloadButton(props: { readonly path: string; readonly label: string; readonly what?: string }) {
  const { path, label, what } = props;
  const say = useText(shellWords);
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      void message.success(say('downloaded', { name: await download(path) }));
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  return (
    <>
      <Button
        icon={<DownloadOutlined />}
        loading={isBusy}
        onClick={() => void run()}
        {...(what === undefined ? {} : { 'aria-label': `${label} ${what}` })}
      >
        {label}
      </Button>
      {error === undefined ? null : <Failed error={error} />}
    </>
  );
}
