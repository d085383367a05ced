import { Navigate, Route, Routes, useLocation, useNavigate } from 'react-router';
import { deskWords } from '../../i18n/desk.js';
import { useText } from '../../i18n/text.js';
import { RoomViews } from '../../shell/room-views.js';
import { RefusalPage } from '../../shell/states.js';
import { useRoles } from '../../shell/use-session.js';
import { AssessPage } from './assess-page.js';
import { CasePage } from './case-page.js';
import { ConflictsPage } from './conflicts-page.js';
import { ImportPage } from './import-page.js';
import { OpenCasePage } from './open-case-page.js';
import { QueuePage } from './queue-page.js';
import '../statement/statement.css';
import './desk.css';

const PLACES = ['imports', 'queue', 'open', 'conflicts', 'assess'] as const;

/** The desk of who enters, reviews and approves: files come in, cases wait, each with its evidence. */
export default function Desk() {
  const say = useText(deskWords);
  const navigate = useNavigate();
  const roles = useRoles();
  const places = roles.includes('clerk') ? PLACES : (['queue'] as const);
  const place = useLocation().pathname.split('/')[2];
  return (
    <>
      <RoomViews
        label={say('deskViews')}
        active={PLACES.find((each) => each === place) ?? 'queue'}
        views={places.map((key) => ({ key, label: say(key) }))}
        onChange={(key) => void navigate(`/desk/${key}`)}
      />
      <Routes>
        <Route index element={<Navigate to={places[0]} replace />} />
        <Route path="imports" element={<ImportPage />} />
        <Route path="queue" element={<QueuePage />} />
        <Route path="conflicts" element={<ConflictsPage />} />
        <Route path="assess" element={<AssessPage />} />
        <Route path="open" element={<OpenCasePage />} />
        <Route path="cases/:caseId" element={<CasePage />} />
        <Route
          path="*"
          element={<RefusalPage problem={{ type: 'urn:provident:problem:page-unknown', title: '', status: 404 }} />}
        />
      </Routes>
    </>
  );
}
