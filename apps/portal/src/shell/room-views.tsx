import { Grid, Select, Tabs } from 'antd';
import type { ReactNode } from 'react';

interface View {
  readonly key: string;
  readonly label: string;
  /** Absent where the room shows its views by itself. */
  readonly children?: ReactNode;
}

interface RoomViewsProps {
  /** What the choice is of, for who hears the page. */
  readonly label: string;
  readonly views: readonly View[];
  readonly active: string;
  readonly onChange: (key: string) => void;
}

/** The views of a room side by side as tabs; on a phone, where tabs do not fit, as a choice. */
export function RoomViews({ label, views, active, onChange }: RoomViewsProps) {
  const isWide = Grid.useBreakpoint().md ?? true;
  if (isWide) {
    return <Tabs destroyOnHidden activeKey={active} onChange={onChange} items={views.map((view) => ({ ...view }))} />;
  }
  return (
    <>
      <Select<string>
        aria-label={label}
        className="view-choice"
        value={active}
        onChange={onChange}
        options={views.map((view) => ({ value: view.key, label: view.label }))}
      />
      {views.find(({ key }) => key === active)?.children}
    </>
  );
}
