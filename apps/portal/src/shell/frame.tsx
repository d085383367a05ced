import { LogoutOutlined, MenuOutlined, UserOutlined } from '@ant-design/icons';
import { Button, Drawer, Dropdown, Grid, Layout, Menu } from 'antd';
import { useState } from 'react';
import { Outlet, useLocation, useNavigate, useNavigation } from 'react-router';
import { signOut } from '../api/session.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { LanguageSwitch } from './language-switch.js';
import { roomsFor } from './rooms.js';
import { Loading } from './states.js';
import { useMe, useRoles } from './use-session.js';

/** The frame around every room: name, menu by role, language, account. On a phone the menu is a drawer. */
export function Frame() {
  const say = useText(shellWords);
  const isWide = Grid.useBreakpoint().lg ?? true;
  const [isMenuOpen, setMenuOpen] = useState(false);
  const isLoading = useNavigation().state === 'loading';
  return (
    <Layout className="frame">
      <a className="skip-link" href="#content">
        {say('skip')}
      </a>
      <Layout.Header className="frame-header">
        {isWide ? null : (
          <Button
            type="text"
            className="on-dark"
            icon={<MenuOutlined />}
            aria-label={say('menu')}
            onClick={() => setMenuOpen(true)}
          />
        )}
        <img src="/seal.svg" alt="" width={28} height={28} />
        <span className="frame-name">{say('product')}</span>
        <span className="frame-space" />
        <LanguageSwitch dark />
        <Account />
      </Layout.Header>
      <Layout hasSider={isWide}>
        {isWide ? (
          <Layout.Sider width={208} className="frame-side">
            <RoomMenu />
          </Layout.Sider>
        ) : (
          <Drawer open={isMenuOpen} placement="left" size={260} title={say('menu')} onClose={() => setMenuOpen(false)}>
            <RoomMenu onGo={() => setMenuOpen(false)} />
          </Drawer>
        )}
        <Layout.Content id="content" tabIndex={-1} className="frame-content">
          {isLoading ? <Loading /> : <Outlet />}
        </Layout.Content>
      </Layout>
    </Layout>
  );
}

function RoomMenu({ onGo }: { readonly onGo?: () => void }) {
  const say = useText(shellWords);
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const rooms = roomsFor(useRoles());
  return (
    <nav aria-label={say('menu')}>
      <Menu
        mode="inline"
        selectedKeys={[pathname.split('/')[1] ?? '']}
        items={rooms.map(({ path, title, icon }) => ({ key: path, icon, label: say(title) }))}
        onClick={({ key }) => {
          onGo?.();
          void navigate(`/${key}`);
        }}
      />
    </nav>
  );
}

function Account() {
  const say = useText(shellWords);
  const isWide = Grid.useBreakpoint().md ?? true;
  const { loginName } = useMe();
  const roles = useRoles();
  const who = { key: 'who', disabled: true, label: roles.map((role) => say(`role.${role}`)).join('、') };
  const out = { key: 'out', icon: <LogoutOutlined />, label: say('signOut') };
  return (
    <Dropdown trigger={['click']} menu={{ items: [who, out], onClick: ({ key }) => void (key === 'out' && signOut()) }}>
      <Button
        type="text"
        className="on-dark"
        icon={<UserOutlined />}
        aria-label={`${say('account')} ${loginName ?? ''}`}
      >
        {isWide ? loginName : null}
      </Button>
    </Dropdown>
  );
}
