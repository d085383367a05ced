import { Upload } from 'antd';
import { verifyWords } from '../../i18n/verify.js';
import { useText } from '../../i18n/text.js';

/** A place to drop the statement on, or to choose it by. */
export function FileChoice(props: {
  readonly isBusy: boolean;
  readonly isOff: boolean;
  readonly choose: (file: File) => void;
}) {
  const { isBusy, isOff, choose } = props;
  const say = useText(verifyWords);
  return (
    <Upload.Dragger
      accept=".pdf,.json"
      maxCount={1}
      showUploadList={false}
      disabled={isOff || isBusy}
      beforeUpload={(file) => {
        choose(file);
        return false;
      }}
    >
      <p>
        <strong>{say(isBusy ? 'looking' : 'drop')}</strong>
      </p>
      <p className="verify-note">{say('dropText')}</p>
    </Upload.Dragger>
  );
}
