import { fundWords } from '../../i18n/funds.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';

/**
 * Whom money is about: an employer by its name; an insured person by the end of his account's number, because the books
 * are open to people who may not read names.
 */
export function PartyName({ party }: { readonly party: string | null }) {
  const say = useText(fundWords);
  if (party === null) return <>–</>;
  if (/^[0-9A-Z]{18}$/.test(party)) return <EmployerName code={party} />;
  return <>{say('insuredPerson', { number: party.slice(-6).toUpperCase() })}</>;
}
