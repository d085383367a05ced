import { shellWords } from '../../i18n/shell.js';
import { useText } from '../../i18n/text.js';
import { EmployerName } from '../../shell/employer-name.js';
import { StaffName } from '../../shell/staff-name.js';
import type { CaseDetail } from './case-page.js';

type Step = CaseDetail['steps'][number];

/** Who took a step, by name and by the role in which he took it: the insured person himself is no staff. */
export function StepActor({ step, found }: { readonly step: Step; readonly found: CaseDetail }) {
  const say = useText(shellWords);
  const { role, account } = step;
  const word = `role.${role ?? ''}`;
  const roleName = word in shellWords ? say(word as keyof typeof shellWords) : undefined;
  return (
    <>
      <ActorName account={account} role={role} found={found} />
      {roleName === undefined ? null : ` (${roleName})`}
    </>
  );
}

function ActorName(props: { readonly account: string; readonly role: string | undefined; readonly found: CaseDetail }) {
  const { account, role, found } = props;
  // Whoever acts for himself acts in a case about himself, and an administrator in one about his employer.
  if (role === 'insured-person' && found.subjectName !== undefined) return <>{found.subjectName}</>;
  if (role === 'employer-administrator' && found.employer !== undefined) return <EmployerName code={found.employer} />;
  return <StaffName actor={account} />;
}
