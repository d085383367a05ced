import { Typography } from 'antd';
import { useSearchParams } from 'react-router';
import { supervisionWords } from '../../i18n/supervision.js';
import { useText } from '../../i18n/text.js';
import { RoomViews } from '../../shell/room-views.js';
import { Alerts } from './alerts.js';
import { Checkpoints } from './checkpoints.js';
import { Kit } from './kit.js';
import { Records } from './records.js';
import { ReplayView } from './replay-view.js';
import { Restatements } from './restatements.js';
import './supervision.css';

/** The regulator's room: what proves the log, what was computed again, what changed afterwards, and who looked. */
export default function Supervision() {
  const say = useText(supervisionWords);
  const [parameters, setParameters] = useSearchParams();
  return (
    <>
      <Typography.Title level={1} className="page-title">
        {say('title')}
      </Typography.Title>
      <RoomViews
        label={say('title')}
        active={parameters.get('view') ?? 'alerts'}
        onChange={(view) => setParameters({ view }, { replace: true })}
        views={[
          { key: 'alerts', label: say('alerts'), children: <Alerts /> },
          { key: 'checkpoints', label: say('checkpoints'), children: <Checkpoints /> },
          { key: 'replay', label: say('replay'), children: <ReplayView /> },
          { key: 'restatements', label: say('restatements'), children: <Restatements /> },
          { key: 'records', label: say('records'), children: <Records /> },
          { key: 'kit', label: say('kit'), children: <Kit /> },
        ]}
      />
    </>
  );
}
