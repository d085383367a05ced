import { Typography } from 'antd';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { DownloadButton } from '../../shell/download-button.js';

const PARTS = [
  { word: 'verifier', path: '/api/supervision/verifier' },
  { word: 'latestCheckpoint', path: '/api/supervision/checkpoint' },
  { word: 'keys', path: '/api/supervision/keys' },
  { word: 'booksXlsx', path: '/api/supervision/books/xlsx' },
  { word: 'booksHledger', path: '/api/supervision/books/hledger' },
  { word: 'booksBeancount', path: '/api/supervision/books/beancount' },
] as const;

/** What an auditor takes home, to check books and signatures without us. */
export function Kit() {
  const say = useText(supervisionWords);
  return (
    <>
      <Typography.Paragraph>{say('kitText')}</Typography.Paragraph>
      <ul className="kit">
        {PARTS.map(({ word, path }) => (
          <li key={word}>
            <span>{say(word)}</span>
            <DownloadButton path={path} label={say('download')} what={say(word)} />
          </li>
        ))}
      </ul>
    </>
  );
}
