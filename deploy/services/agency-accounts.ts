import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { PersonalDataModule } from '@provident/access';
import {
  accessModule,
  agencyOf,
  configFrom,
  giveAccounts,
  openKeyFile,
  registerHolders,
  type SampleAccount,
  SurroundingsModule,
} from '@provident/assembly';
import { EventStoreModule } from '@provident/event-store';
import type { Part } from './part.js';

/** What the accounts are made in. */
export interface AccountsPlace {
  readonly folder: string;
  readonly eventStore: Part;
  readonly postgres: Part;
}

@Module({})
class Accounts {}

/** Opens an account for every role of the sample's agency, at the machine itself: before, nobody could sign in to do it. */
export async function openAgencyAccounts({
  folder,
  eventStore,
  postgres,
}: AccountsPlace): Promise<readonly SampleAccount[]> {
  const { area, access } = configFrom({});
  const { masterKeys } = openKeyFile(folder);
  const app = await NestFactory.createApplicationContext(
    {
      module: Accounts,
      imports: [
        SurroundingsModule.with({ now: () => new Date() }),
        EventStoreModule.forRoot({ url: eventStore.address, area }),
        PersonalDataModule.forRoot({ vaultUrl: { useFactory: () => postgres.address }, masterKeys }),
        accessModule(access),
      ],
    },
    { logger: ['error', 'warn'], abortOnError: false },
  );
  try {
    const agency = agencyOf(area);
    await registerHolders(app.get(CommandBus, { strict: false }), area, agency);
    return await giveAccounts(app, agency, join(folder, 'sample-accounts.json'));
  } finally {
    await app.close();
  }
}
