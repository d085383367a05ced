import { Typography } from 'antd';
import { useId, useState } from 'react';
import { useLocation } from 'react-router';
import { deskWords } from '../../i18n/desk.js';
import { useNames, useText } from '../../i18n/text.js';
import { Failed, Loading } from '../../shell/states.js';
import { RequestForm } from './request-form.js';
import { type Procedure, useMayMake, useProcedures } from './use-procedures.js';

/** A case that another page offers to open: what it is about, and the fields that are settled already. */
export interface Offered {
  readonly procedure: string;
  readonly given: Readonly<Record<string, string>>;
  readonly about: string;
}

/** Chooses a procedure, and asks what its case needs. */
export function OpenCasePage() {
  const say = useText(deskWords);
  const name = useNames();
  const asked = useProcedures();
  const mayMake = useMayMake();
  const id = useId();
  const offered = useLocation().state as Offered | null;
  const [chosen, setChosen] = useState(offered?.procedure ?? '');
  if (asked.isPending) return <Loading />;
  if (asked.isError) return <Failed error={asked.error} retry={() => void asked.refetch()} />;
  const procedures = asked.data.filter(mayMake);
  const procedure = procedures.find((each) => each.name === chosen);
  const offer = procedure?.name === offered?.procedure ? offered : null;
  return (
    <>
      <Typography.Title level={1} className="record-title">
        {say('openTitle')}
      </Typography.Title>
      <div className="procedure-choice">
        <label htmlFor={id}>{say('procedure')}</label>
        <select id={id} className="plain-select" value={chosen} onChange={({ target }) => setChosen(target.value)}>
          <option value="">{say('chooseProcedure')}</option>
          {procedures.map((each) => (
            <option key={each.name} value={each.name}>
              {name(each)}
            </option>
          ))}
        </select>
      </div>
      {procedure === undefined ? null : (
        <div className="side-by-side">
          <section className="side" aria-label={name(procedure)}>
            <h2 className="card-title">{name(procedure)}</h2>
            {offer === null ? null : <p>{offer.about}</p>}
            <RequestForm key={procedure.name} procedure={procedure} given={offer?.given} />
          </section>
          <About procedure={procedure} />
        </div>
      )}
    </>
  );
}

function About({ procedure }: { readonly procedure: Procedure }) {
  const say = useText(deskWords);
  const name = useNames();
  return (
    <section className="side" aria-label={say('documentsOf')}>
      <h2 className="card-title">{say('documentsOf')}</h2>
      <ul>
        {procedure.documents.map((each) => (
          <li key={each.kind}>
            {name(each)}
            {each.required ? '' : ` (${say('ifAny')})`}
            <div className="record-note">{each.rule}</div>
          </li>
        ))}
      </ul>
      <p>{say('withinDays', { days: procedure.withinDays })}</p>
      <p className="record-note">{procedure.limitRule}</p>
    </section>
  );
}
