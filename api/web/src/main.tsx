// GraphiQL for Passerelle: the editor, and above it the one thing it needs to know, the bearer token.
import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { StrictMode, useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TokenBar } from './TokenBar';
import { keep, kept, standing, type Standing } from './token';
import { language, say } from './words';

function fetcherWith(token: string) {
  const authorization = `Bearer ${token}`;
  const socket = new URL('/graphql/ws', location.href);
  socket.protocol = socket.protocol.replace('http', 'ws');
  return createGraphiQLFetcher({
    url: '/graphql',
    headers: { authorization },
    wsClient: createClient({ url: socket.href, connectionParams: { authorization, language } }),
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
  const accepted = state === 'accepted';
  return (
    <>
      <TokenBar token={token} state={state} onUse={use} />
      <main>
        {/* A new key loads the schema anew; without a token there is none to load. */}
        <GraphiQL
          key={accepted ? token : ''}
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
