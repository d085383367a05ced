import { createBrowserRouter, Navigate, type RouteObject, useRouteError } from 'react-router';
import { problemIn } from '../api/problem.js';
import { Frame } from './frame.js';
import { ROOMS, roomsFor, type Room } from './rooms.js';
import { Loading, Nothing, RefusalPage } from './states.js';
import { useText } from '../i18n/text.js';
import { shellWords } from '../i18n/shell.js';
import { useRoles } from './use-session.js';

export const router = createBrowserRouter([
  {
    element: <Frame />,
    errorElement: <Broken />,
    hydrateFallbackElement: <Loading />,
    children: [
      { index: true, element: <Start /> },
      ...ROOMS.map(routeTo),
      {
        path: '*',
        element: <RefusalPage problem={{ type: 'urn:provident:problem:page-unknown', title: '', status: 404 }} />,
      },
    ],
  },
]);

/** A room has all addresses under its path; it lays them out itself. */
function routeTo({ path, roles, load }: Room): RouteObject {
  return {
    path: `${path}/*`,
    errorElement: <Broken />,
    hydrateFallbackElement: <Loading />,
    lazy: async () => {
      const { default: Content } = await load();
      return {
        element: (
          <For roles={roles}>
            <Content />
          </For>
        ),
      };
    },
  };
}

function For({ roles, children }: { readonly roles: Room['roles']; readonly children: React.ReactNode }) {
  const own = useRoles();
  if (roles.some((role) => own.includes(role))) return children;
  return <RefusalPage problem={{ type: 'urn:provident:problem:not-permitted', title: '', status: 403 }} />;
}

function Start() {
  const say = useText(shellWords);
  const [first] = roomsFor(useRoles());
  return first === undefined ? <Nothing>{say('noRooms')}</Nothing> : <Navigate to={`/${first.path}`} replace />;
}

function Broken() {
  return <RefusalPage problem={problemIn(useRouteError())} />;
}
