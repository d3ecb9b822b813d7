// GraphiQL for Passerelle: the editor, and above it the one thing it needs to know, who asks.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TokenBar } from './TokenBar';
import { end } from './session';
import { authorization, keep, kept, standing, type Standing } from './token';
import { language, say } from './words';

function fetcherWith(token: string) {
  const headers = authorization(token);
  const socket = new URL('/graphql/ws', location.href);
  socket.protocol = socket.protocol.replace('http', 'ws');
  return createGraphiQLFetcher({
    url: '/graphql',
    headers,
    wsClient: createClient({ url: socket.href, connectionParams: { ...headers, language } }),
  });
}

function Page() {
  const [token, setToken] = useState(kept);
  const [state, setState] = useState<Standing>('missing');
  const fetcher = useMemo(() => fetcherWith(token), [token]);
  useEffect(() => {
    let current = true;
    void standing(token).then((found) => current && setState(found));
    return () => void (current = false);
  }, [token]);
  const use = (next: string) => {
    keep(next);
    setToken(next);
  };
  const signOut = () => void end().then((ended) => ended && setState('missing'));
  const accepted = state === 'accepted' || state === 'session';
  return (
    <>
      <TokenBar token={token} state={state} onUse={use} onSignOut={signOut} />
      <main>
        {/* A new key loads the schema anew; for nobody there is none to load. */}
        <GraphiQL
          key={accepted ? `${state} ${token}` : ''}
          fetcher={fetcher}
          schema={accepted ? undefined : null}
          defaultQuery={say.welcome}
          isHeadersEditorEnabled={false}
          shouldPersistHeaders={false}
        >
          <GraphiQL.Logo>GraphiQL</GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

document.documentElement.lang = language;
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
