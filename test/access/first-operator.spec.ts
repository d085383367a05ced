import { randomUUID } from 'node:crypto';
import { CommandBus } from '@nestjs/cqrs';
import { firstOperator, Logins } from '@provident/access';
import { type AccessApp, ask, bySystem, openAccessApp, PASSWORD, signIn } from './access-app.js';

let desk: AccessApp;
beforeAll(async () => (desk = await openAccessApp()));
afterAll(() => desk.close());

it('the first operator is let in at the machine, once, and registers the others', async () => {
  const letIn = (loginName: string): Promise<string> => {
    const [commands, logins] = [desk.app.get(CommandBus, { strict: false }), desk.app.get(Logins, { strict: false })];
    return firstOperator(commands, logins, { personId: randomUUID(), loginName }, bySystem);
  };
  const password = await letIn('first.operator');
  await expect(letIn('second.operator')).rejects.toMatchObject({ code: 'operator-already-there' });
  const change = { name: 'first.operator', password, newPassword: PASSWORD };
  expect((await ask(desk, 'POST', '/api/access/password', { body: change })).status).toBe(204);
  const { accessToken: token } = await signIn(desk, { name: 'first.operator' });
  const body = { personId: randomUUID(), loginName: 'a.clerk' };
  expect((await ask(desk, 'POST', '/api/users', { token, body })).status).toBe(201);
});
