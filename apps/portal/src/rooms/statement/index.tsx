import { Tabs } from 'antd';
import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { statementWords } from '../../i18n/statement.js';
import { useText } from '../../i18n/text.js';
import { RefusalPage } from '../../shell/states.js';
import { Calculators } from './calculators.js';
import { CasesPage } from './cases-page.js';
import { RecordPage } from './record-page.js';
import './statement.css';

const PLACES = ['record', 'calculators', 'cases'] as const;

/** The insured person's room: his record with the reason for every figure, what he may expect, and what he asked for. */
export default function Statement() {
  const say = useText(statementWords);
  const navigate = useNavigate();
  const place = useLocation().pathname.split('/')[2] ?? 'record';
  return (
    <>
      <Tabs
        className="no-print"
        activeKey={place}
        items={PLACES.map((key) => ({ key, label: say(key) }))}
        onChange={(key) => void navigate(`/statement/${key}`)}
      />
      <Routes>
        <Route index element={<Navigate to="record" replace />} />
        <Route path="record" element={<RecordPage />} />
        <Route path="calculators" element={<Calculators />} />
        <Route path="cases" element={<CasesPage />} />
        <Route
          path="*"
          element={<RefusalPage problem={{ type: 'urn:provident:problem:page-unknown', title: '', status: 404 }} />}
        />
      </Routes>
    </>
  );
}
