import { Alert, Button, Empty, Result, Skeleton, Typography } from 'antd';
import type { ReactNode } from 'react';
import { problemIn, type Problem } from '../api/problem.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';

/* What a place shows while it has nothing to show: it loads, it is empty, or it failed. Every room uses these. */

export function Loading({ rows = 6 }: { readonly rows?: number }) {
  const say = useText(shellWords);
  return (
    <div role="status" aria-label={say('loading')}>
      <Skeleton active paragraph={{ rows }} />
    </div>
  );
}

export function Nothing({ children }: { readonly children?: ReactNode }) {
  const say = useText(shellWords);
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children ?? say('nothingYet')} />;
}

/** A part of a page that failed: what happened, by which rule, what to do, and a way to try again. */
export function Failed({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const say = useText(shellWords);
  const problem = problemIn(error);
  const words = wordsFor(problem);
  return (
    <Alert
      type={problem.status >= 400 && problem.status < 500 ? 'warning' : 'error'}
      showIcon
      title={say(words.title)}
      description={<ProblemText problem={problem} text={say(words.text)} />}
      action={retry === undefined ? undefined : <Button onClick={retry}>{say('retry')}</Button>}
    />
  );
}

/** A whole page that cannot be shown. */
export function RefusalPage({ problem }: { readonly problem: Problem }) {
  const say = useText(shellWords);
  const words = wordsFor(problem);
  return (
    <Result
      status={words.picture}
      title={<h1 className="refusal-title">{say(words.title)}</h1>}
      subTitle={<ProblemText problem={problem} text={say(words.text)} />}
      extra={
        <Button type="primary" href="/">
          {say('toStart')}
        </Button>
      }
    />
  );
}

function ProblemText({ problem, text }: { readonly problem: Problem; readonly text: string }) {
  const say = useText(shellWords);
  return (
    <>
      <Typography.Paragraph>{text}</Typography.Paragraph>
      {problem.status > 0 && problem.title !== '' ? <Typography.Paragraph>{problem.title}</Typography.Paragraph> : null}
      {problem.rule === undefined ? null : (
        <Typography.Paragraph>
          <strong>{say('rule')}</strong> {problem.rule}
        </Typography.Paragraph>
      )}
      {problem.remedy === undefined ? null : (
        <Typography.Paragraph>
          <strong>{say('remedy')}</strong> {problem.remedy}
        </Typography.Paragraph>
      )}
    </>
  );
}

type Word = keyof typeof shellWords;
interface ProblemWords {
  readonly title: Word;
  readonly text: Word;
  readonly picture: 'info' | 'warning' | 'error';
}

function wordsFor({ status }: Problem): ProblemWords {
  if (status === 0) return { title: 'unreachableTitle', text: 'unreachableText', picture: 'warning' };
  if (status === 401) return { title: 'notSignedInTitle', text: 'notSignedInText', picture: 'info' };
  if (status === 403) return { title: 'forbiddenTitle', text: 'forbiddenText', picture: 'warning' };
  if (status === 404) return { title: 'notFoundTitle', text: 'notFoundText', picture: 'info' };
  if (status === 429) return { title: 'tooManyTitle', text: 'tooManyText', picture: 'warning' };
  if (status >= 400 && status < 500) return { title: 'refusedTitle', text: 'refusedText', picture: 'warning' };
  return { title: 'brokenTitle', text: 'brokenText', picture: 'error' };
}
