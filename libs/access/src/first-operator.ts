import type { CommandBus } from '@nestjs/cqrs';
import { type CommandContext, DomainError } from '@provident/kernel';
import { GrantRole, RegisterUser } from './commands.js';
import type { Logins } from './sign-in/logins.js';

/**
 * Lets the first operator in, who registers everybody else: for a command at the machine itself, of an installation in
 * which nobody has an account. Answers the temporary password. Throws `operator-already-there` afterwards.
 */
export async function firstOperator(
  commands: CommandBus,
  logins: Logins,
  who: { readonly personId: string; readonly loginName: string },
  context: (step: string) => CommandContext,
): Promise<string> {
  if (!(await logins.areNone())) {
    throw new DomainError(
      'operator-already-there',
      'There are accounts already.',
      'Only the first operator is let in from the machine; everybody else is registered by an operator.',
      'Sign in as an operator. If none can any more, restore the vault.',
    );
  }
  const { userId } = await commands.execute(new RegisterUser({ ...who }, context('register')));
  const granting = context('grant');
  const role = { role: 'operator', scope: { kind: 'all' }, departments: [] } as const;
  const body = { ...role, departments: [], from: granting.effectiveDate, reason: 'first operator' };
  await commands.execute(new GrantRole(userId, body, granting));
  return logins.temporaryPassword(userId);
}
