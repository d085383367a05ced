import { useNames, useText } from '../../i18n/text.js';
import { day } from '../../format/dates.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { figureText } from './explained.js';
import type { Calculated } from './use-calculation.js';

/** How results were reckoned: the steps of one or several formulas, one after the other. */
export function Reckoned({ calculated }: { readonly calculated: readonly Calculated[] }) {
  const say = useText(statementWords);
  const name = useNames();
  const { language } = useLanguage();
  return (
    <details className="movements">
      <summary>{say('arithmetic')}</summary>
      {calculated.map(({ explanation: { law, steps } }) => (
        <section key={law}>
          <p className="record-note">
            <strong>{say('law')}</strong> {law}
          </p>
          <ol className="why-steps">
            {steps.map((step) => (
              <li key={step.figure}>
                <div>{name(step.rule)}</div>
                <div className="why-working">
                  {step.working === '' ? '' : `${step.working} = `}
                  <strong>{figureText(step.value)}</strong>
                </div>
                {step.parameters.map((parameter) => (
                  <div key={parameter.id} className="why-parameter">
                    {parameter.legalBasis} · {say('since', { from: day(parameter.from, language) })}
                  </div>
                ))}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </details>
  );
}
