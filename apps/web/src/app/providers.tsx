import type { SignedInUser } from '@orgmirror/contracts';
import { QueryClientProvider } from '@tanstack/react-query';
import { App, ConfigProvider } from 'antd';
import { type ReactNode, useEffect, useState } from 'react';
import { getAntdTheme } from '../config/antd-theme.ts';
import { SessionContext } from '../entities/session/session.ts';
import { useLoadedLanguage } from '../i18n/language.ts';
import { useIsDark } from '../lib/theme.ts';
import { createQueryClient } from './create-query-client.ts';

/** Session, server cache, theme and language for everything below. */
export function Providers({ user, children }: { user: SignedInUser; children: ReactNode }) {
  const [client] = useState(createQueryClient);
  const { code, antdLocale } = useLoadedLanguage();
  const isDark = useIsDark();
  const [firstLanguage] = useState(code);
  const [seenLanguage, setSeenLanguage] = useState(firstLanguage);

  useEffect(() => {
    if (seenLanguage === code) return;
    setSeenLanguage(code);
    void client.invalidateQueries(); // messages from the server come in the language they were asked in
  }, [client, code, seenLanguage]);

  return (
    <SessionContext value={user}>
      <QueryClientProvider client={client}>
        <ConfigProvider locale={antdLocale} theme={getAntdTheme(isDark)} button={{ autoInsertSpace: false }}>
          <App component={false}>{children}</App>
        </ConfigProvider>
      </QueryClientProvider>
    </SessionContext>
  );
}
