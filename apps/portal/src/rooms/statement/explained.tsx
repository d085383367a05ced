import { day, moment } from '../../format/dates.js';
import { money } from '../../format/money.js';
import { useLanguage } from '../../i18n/language.js';
import { statementWords } from '../../i18n/statement.js';
import { useNames, useText } from '../../i18n/text.js';
import type { Explanation } from './use-record.js';

/** Events shown at once; a year's total rests on a dozen, more are counted. */
const SHOWN_EVENTS = 24;

/** The reckoning, step by step, and the events; used beside a case as well. */
export function Explained({ explanation }: { readonly explanation: Explanation }) {
  const say = useText(statementWords);
  const name = useNames();
  const { language } = useLanguage();
  const { amount, law, steps, events } = explanation;
  return (
    <>
      <h3 className="record-section">{say('why', { amount: figureText(amount) })}</h3>
      <p className="record-note">
        <strong>{say('law')}</strong> {law}
      </p>
      <h3 className="why-heading">{say('arithmetic')}</h3>
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
                {parameter.legalBasis} · {parameter.value} · {say('since', { from: day(parameter.from, language) })}
              </div>
            ))}
          </li>
        ))}
      </ol>
      <h3 className="why-heading">{say('events')}</h3>
      <ol className="why-events">
        {events.slice(0, SHOWN_EVENTS).map((event) => (
          <li key={event.eventId}>
            <div>
              {day(event.on, language)} {name(event.what)}
            </div>
            <div className="record-note">
              {say('recorded', { at: moment(event.recordedAt, language) })} ·{' '}
              {say('place', { position: event.position })}
            </div>
          </li>
        ))}
      </ol>
      {events.length > SHOWN_EVENTS ? (
        <p className="record-note">{say('moreEvents', { count: events.length - SHOWN_EVENTS })}</p>
      ) : null}
    </>
  );
}

/** An amount as people read it; a number of months or a rate stays as it is. */
export function figureText(text: string): string {
  return /^-?\d+\.\d{2}$/.test(text) ? money(text) : text;
}
