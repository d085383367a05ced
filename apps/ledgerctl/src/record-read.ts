import { type Permission, ReadLog } from '@provident/access';
import type { Ledger } from '@provident/assembly';
import { deterministicId } from '@provident/kernel';
import { machineActor } from './machine-actor.js';

/** Who reads a person's record is recorded before it is shown (社会保险经办条例 第4条), also at the machine. */
export async function recordRead(
  ledger: Ledger,
  personIds: readonly string[],
  permission: Permission,
  command: string,
): Promise<void> {
  const reason = machineActor();
  const reading = { userId: deterministicId(reason), personIds, permission, route: `ledgerctl ${command}`, reason };
  await ledger.get(ReadLog).record(reading);
}
