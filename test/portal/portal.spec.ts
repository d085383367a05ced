import { PortalOffice } from './portal-office.js';
import { tellFundManager } from './stories/fund-manager.js';
import { tellRegulator } from './stories/regulator.js';
import { tellShell } from './stories/shell.js';

/** The first months of the sample: in the third, an employer pays late. */
const MONTHS = 3;
let portal: PortalOffice;
beforeAll(async () => (portal = await PortalOffice.open(MONTHS)), 180_000);
afterAll(() => portal.close());

tellShell(() => portal);
tellFundManager(() => portal);
tellRegulator(() => portal);
