import { DownloadOutlined } from '@ant-design/icons';
import { App, Button } from 'antd';
import { useState } from 'react';
import { download } from '../../api/client.js';
import { fundWords } from '../../i18n/funds.js';
import { useText } from '../../i18n/text.js';
import { Failed } from '../../shell/states.js';

/** Fetches a workbook and says so; a refusal is shown where the button is. */
export function ExportButton({ path }: { readonly path: string }) {
  const say = useText(fundWords);
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const run = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      void message.success(say('exported', { name: await download(path) }));
    } catch (refusal) {
      setError(refusal);
    }
    setBusy(false);
  };
  return (
    <>
      <Button icon={<DownloadOutlined />} loading={isBusy} onClick={() => void run()}>
        {say('exportXlsx')}
      </Button>
      {error === undefined ? null : <Failed error={error} />}
    </>
  );
}
