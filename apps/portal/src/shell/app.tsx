import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { App as AntApp, ConfigProvider } from 'antd';
import en from 'antd/locale/en_US';
import zh from 'antd/locale/zh_CN';
import { lazy, Suspense, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { Refused } from '../api/problem.js';
import { resume } from '../api/session.js';
import { firstLanguage, keepLanguage, type Language, LanguageContext } from '../i18n/language.js';
import { shellWords } from '../i18n/shell.js';
import { useText } from '../i18n/text.js';
import { router } from './router.js';
import { SignInPage } from './sign-in-page.js';
import { Loading } from './states.js';
import { THEME } from './theme.js';
import { useSession } from './use-session.js';

const nonce = document.querySelector<HTMLElement>('meta[property=csp-nonce]')?.nonce ?? '';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      // What was refused is refused again; what failed on the way may come through.
      retry: (failures, error) => failures < 2 && !(error instanceof Refused && error.problem.status < 500),
    },
  },
});

export function App() {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    keepLanguage(language);
  }, [language]);
  const choice = useMemo(() => ({ language, choose: setLanguage }), [language]);
  return (
    <LanguageContext value={choice}>
      <ConfigProvider
        locale={language === 'zh-CN' ? zh : en}
        theme={THEME}
        csp={{ nonce }}
        button={{ autoInsertSpace: false }}
      >
        <AntApp>
          <QueryClientProvider client={queries}>
            <Entrance />
          </QueryClientProvider>
        </AntApp>
      </ConfigProvider>
    </LanguageContext>
  );
}

/** One page is everybody's: who holds a printed statement checks it without an account. */
const Verify = lazy(() => import('../rooms/verify/index.js'));

function Entrance() {
  if (globalThis.location.pathname !== '/verify') return <Door />;
  return (
    <Suspense fallback={<Loading />}>
      <Verify />
    </Suspense>
  );
}

/** Lets in who is signed in. Whose session ends forgets all that was shown. */
function Door() {
  const session = useSession();
  const say = useText(shellWords);
  useEffect(() => {
    document.title = say('product');
  }, [say]);
  useEffect(() => void resume(), []);
  // Before the sign-in page asks its own question: that one is not to be forgotten.
  useLayoutEffect(() => {
    if (session.kind === 'closed') queries.clear();
  }, [session]);
  if (session.kind === 'opening') {
    return (
      <main className="door">
        <Loading />
      </main>
    );
  }
  return session.kind === 'open' ? <RouterProvider router={router} /> : <SignInPage {...session} />;
}
