import { Route, Routes } from 'react-router';
import { FundPage } from './fund-page.js';
import { GapsPage } from './gaps-page.js';
import { ArrearsPage } from './arrears-page.js';
import { LinesPage } from './lines-page.js';
import { Overview } from './overview.js';
import { ReceiptsPage } from './receipts-page.js';
import { VoucherPage } from './voucher-page.js';
import { RefusalPage } from '../../shell/states.js';
import './funds.css';

/** The fund manager's room: what needs looking after, the statements, and from every figure down to its event. */
export default function Funds() {
  return (
    <Routes>
      <Route index element={<Overview />} />
      <Route path="gaps" element={<GapsPage />} />
      <Route path="arrears" element={<ArrearsPage />} />
      <Route path="receipts" element={<ReceiptsPage />} />
      <Route path="vouchers/:number" element={<VoucherPage />} />
      <Route path=":fund" element={<FundPage />} />
      <Route path=":fund/accounts/:account" element={<LinesPage />} />
      <Route
        path="*"
        element={<RefusalPage problem={{ type: 'urn:provident:problem:page-unknown', title: '', status: 404 }} />}
      />
    </Routes>
  );
}
