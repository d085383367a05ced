import { PortalOffice } from './portal-office.js';
import { tellFundLists } from './stories/fund-lists.js';
import { tellFundManager } from './stories/fund-manager.js';
import { tellLongList } from './stories/long-list.js';
import { tellRegulator } from './stories/regulator.js';
import { tellShell } from './stories/shell.js';

let portal: PortalOffice;
beforeAll(async () => (portal = await PortalOffice.open(1)), 180_000);
afterAll(() => portal.close());

tellShell(() => portal);
tellFundManager(() => portal);
tellFundLists(() => portal);
tellRegulator(() => portal);
// Last, because what comes after it would replay 100,000 more events.
tellLongList(() => portal);
