import { businessDate, type CommandContext, deterministicId, month, type Scheme } from '@provident/kernel';
import { Enrol, RegisterEmployer, RegisterPerson } from '@provident/registry';
import { AcceptForm, AddPerson, OpenStaffing, SubmitForm } from '@provident/registry/staffing/commands';
import { citizenNumber, creditCode, personName } from '../support/invented.js';
import { personIds } from '../support/person-ids.js';
import type { TestLedger } from '../support/test-ledger.js';

const PLACE = 40;
const [DECLARING, MEANWHILE] = [creditCode(41), creditCode(42)];
const SCHEMES: Scheme[] = ['pension', 'medical', 'unemployment', 'work-injury'];

/** Somebody whom one employer declared while another had taken the person on: an enrolment that was not made. */
export async function conflictingEnrolment({ ledger }: TestLedger): Promise<{ name: string; declaring: string }> {
  const [personId = ''] = personIds(ledger.app, PLACE);
  const name = personName(PLACE);
  const area = '310000';
  let commands = 0;
  const by = (actor: string): CommandContext => {
    const commandId = deterministicId('conflicting-enrolment', String((commands += 1)));
    const ids = { commandId, correlationId: commandId, causationId: commandId };
    return { ...ids, actor, effectiveDate: businessDate('2025-02-05'), area };
  };
  const declaring = '先申报的示例单位';
  const employer = { registeredOn: businessDate('2020-01-01'), riskClass: 1 };
  const of = { month: month('2025-02') };
  const row = { ...of, personId, schemes: SCHEMES, reason: '新招录' };
  for (const command of [
    new RegisterEmployer({ ...employer, creditCode: DECLARING, name: declaring }, by('clerk')),
    new RegisterEmployer({ ...employer, creditCode: MEANWHILE, name: '后录用的示例单位' }, by('clerk')),
    new RegisterPerson({ citizenNumber: citizenNumber(PLACE), name }, by('clerk')),
    new OpenStaffing(DECLARING, { month: month('2025-01'), headcount: 0 }, by('clerk')),
    new AddPerson(DECLARING, row, by('clerk')),
    new SubmitForm(DECLARING, { ...of, headcount: 1, submittedOn: businessDate('2025-02-06') }, by('clerk')),
    new Enrol(personId, { employer: MEANWHILE, schemes: SCHEMES, from: of.month }, by('clerk')),
    new AcceptForm(DECLARING, { ...of, acceptedOn: businessDate('2025-02-07') }, by('reviewer')),
  ]) {
    await ledger.commands.execute(command);
  }
  await ledger.reactionsIdle();
  return { name, declaring };
}
