import { Alert } from 'antd';
import { money } from '../../format/money.js';
import { verifyWords } from '../../i18n/verify.js';
import { useText } from '../../i18n/text.js';
import { Outcome } from '../statement/verify-outcome.js';
import type { Figures, Printed, Verdict } from './look-at-file.js';

/** What is to be thought of the document, in one sentence first; then the figures to hold against the paper. */
export function VerdictView({
  verdict,
  printed,
}: {
  readonly verdict: Verdict;
  readonly printed: Printed | undefined;
}) {
  const say = useText(verifyWords);
  if (verdict.kind === 'unproven') {
    return <Alert type="warning" showIcon title={say('unproven')} description={say('unprovenText')} />;
  }
  if (verdict.kind === 'altered') {
    const description = (
      <>
        <p>{say('alteredText')}</p>
        <p className="verify-note">{verdict.why}</p>
      </>
    );
    return <Alert type="error" showIcon title={say('altered')} description={description} />;
  }
  const { kind, figures, checked } = verdict;
  if (kind === 'other' && printed !== undefined) {
    const isYear = figures.year !== printed.year;
    const years = { printed: printed.year, found: figures.year };
    return (
      <>
        <Alert
          type="error"
          showIcon
          title={say(isYear ? 'otherYear' : 'otherRecord', years)}
          description={say('otherText')}
        />
        <FiguresView figures={figures} />
      </>
    );
  }
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={say(printed === undefined ? 'genuine' : 'genuineByCode')}
        description={say('compare')}
      />
      <FiguresView figures={figures} />
      <Outcome checked={checked} />
    </>
  );
}

function FiguresView({ figures }: { readonly figures: Figures }) {
  const say = useText(verifyWords);
  const { year, months, employer, employee, closing } = figures;
  const rows = [
    [say('year'), String(year)],
    [say('months'), String(months)],
    [say('employer'), money(employer)],
    [say('employee'), money(employee)],
    [say('closing'), money(closing)],
  ];
  return (
    <dl className="facts verify-figures">
      {rows.map(([title, text]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}
