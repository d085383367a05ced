import { PortalOffice } from './portal-office.js';
import { tellFundLists } from './stories/fund-lists.js';
import { tellFundManager } from './stories/fund-manager.js';
import { tellLongList } from './stories/long-list.js';
import { tellProvider } from './stories/provider.js';
import { tellRegulatorDoubts } from './stories/regulator-doubts.js';
import { tellRegulator } from './stories/regulator.js';
import { tellShell } from './stories/shell.js';

let portal: PortalOffice;
beforeAll(async () => (portal = await PortalOffice.open(1)), 300_000);
afterAll(() => portal.close());

tellShell(() => portal);
tellProvider(() => portal);
tellFundManager(() => portal);
tellFundLists(() => portal);
tellRegulator(() => portal);
tellRegulatorDoubts(() => portal);
// Last, because what comes after it would replay 100,000 more events.
tellLongList(() => portal);
