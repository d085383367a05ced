import { actorOf, user, type UserCommand, userIdOf } from '@provident/access/user';
import { Users } from '@provident/access/users';
import { EventStore } from '@provident/event-store';
import { contextOf, startTestStore, type TestStore } from '@provident/event-store/testing/test-store';
import { businessDate, deterministicId } from '@provident/kernel';
import { UserStaff } from './user-staff.js';

let store: TestStore;
beforeAll(async () => (store = await startTestStore()));
afterAll(() => store.stop());

const [LI, WANG] = ['li', 'wang'].map((name) => userIdOf(deterministicId('person', name))) as [string, string];
const [from, until] = [businessDate('2026-01-05'), businessDate('2026-01-09')];
let commands = 0;

async function give(userId: string, command: UserCommand): Promise<void> {
  commands += 1;
  await new EventStore(store.client).execute(
    user,
    userId,
    command,
    contextOf(deterministicId('give', String(commands))),
  );
}

describe('staff as the sign-in has them', () => {
  it('hold what was granted and lent to them, in this area, on the day', async () => {
    for (const name of ['li', 'wang']) {
      await give(userIdOf(deterministicId('person', name)), {
        ...{ type: 'RegisterUser', personId: deterministicId('person', name), by: 'system:setup' },
      });
    }
    const grant = (place: number, role: 'clerk' | 'reviewer', area: string) => ({
      ...{ grantId: deterministicId('grant', String(place)), role, scope: { kind: 'own-area' as const, area } },
      ...{ departments: ['human-resources' as const], from },
    });
    const terms = { by: 'system:setup', reason: 'hired' };
    const reviewer = grant(2, 'reviewer', '310000');
    await give(LI, { type: 'GrantRole', grant: grant(1, 'clerk', '310000'), ...terms });
    await give(LI, { type: 'GrantRole', grant: grant(3, 'reviewer', '320000'), ...terms });
    await give(WANG, { type: 'GrantRole', grant: reviewer, ...terms });
    const delegation = { delegationId: deterministicId('lent'), lender: WANG, grantId: reviewer.grantId, from, until };
    await give(LI, { type: 'GiveDelegation', delegation, lent: reviewer, by: actorOf(WANG), reason: 'leave' });

    const staff = new UserStaff(new Users(new EventStore(store.client)), '310000');
    const scope = { kind: 'own-area', area: '310000' };
    const account = actorOf(LI);
    expect(await staff.authoritiesOf(account, from)).toEqual([
      { account, person: LI, role: 'clerk', through: [], scope },
      { account, person: LI, role: 'reviewer', through: [WANG], scope },
    ]);
    expect((await staff.authoritiesOf(account, businessDate('2026-01-12'))).map(({ role }) => role)).toEqual(['clerk']);
    expect(await staff.authoritiesOf('clerk:li', from)).toEqual([]);
    await give(LI, { type: 'DisableUser', by: 'system:setup', reason: 'left' });
    expect(await staff.authoritiesOf(account, from)).toEqual([]);
  });
});
