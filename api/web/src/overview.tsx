// The overview: what somebody who helps an organisation to adopt the platform opens first.
import './overview/page.css';
import './overview/panels.css';
import './overview/print.css';

import { StrictMode, Suspense, use, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { KnownDocument, PlaceDocument } from './gql/graphql';
import icon from './icon.svg';
import { askAhead, clientIn, useAnswer } from './overview/client';
import { Dashboard } from './overview/dashboard';
import { knownOf } from './overview/settled';
import { speechIn, Spoken, useSpeech } from './overview/speech';
import { choose, THEMES, useTheme, type Theme } from './overview/theme';
import { show, useView, viewOf, type View } from './overview/view';
import { comeBack, end, leaveToSignIn } from './session';
import { language as ofBrowser } from './words';

comeBack();

/** What every panel waits for is asked while the page's words are on their way. */
function begin(view: View) {
  const client = clientIn(view.language ?? ofBrowser);
  askAhead(client, PlaceDocument, {});
  askAhead(client, KnownDocument, knownOf(view));
}

begin(viewOf(location.search));

function Page() {
  const view = useView();
  const language = view.language ?? ofBrowser;
  const speech = use(speechIn(language));
  const client = clientIn(language);
  useEffect(() => void (document.documentElement.lang = language), [language]);
  return (
    <Spoken value={speech}>
      <Provider value={client}>
        <Overview view={view} />
      </Provider>
    </Spoken>
  );
}

function Overview({ view }: { view: View }) {
  const { say } = useSpeech();
  const answer = useAnswer(PlaceDocument, {});
  const organisation = answer.data?.organisation;
  return (
    <>
      <a className="skip" href="#figures">
        {say.skip}
      </a>
      <Banner view={view} name={organisation?.name ?? ''} member={answer.data?.viewer?.name ?? ''} />
      {organisation ? (
        <Dashboard view={view} organisation={organisation} />
      ) : (
        <main id="figures" className="alone">
          <title>{`${say.overview} · Passerelle`}</title>
          <h1>{say.overview}</h1>
          {answer.fetching && <p role="status">{say.panel.loading}</p>}
          {answer.data && <p>{say.panel.empty}</p>}
          {answer.error && (
            <div role="alert">
              <p>{answer.error.graphQLErrors[0]?.message ?? say.unreachable}</p>
              <button type="button" onClick={answer.again}>
                {say.panel.retry}
              </button>
            </div>
          )}
        </main>
      )}
    </>
  );
}

function Banner({ view, name, member }: { view: View; name: string; member: string }) {
  const { say, language } = useSpeech();
  const theme = useTheme();
  const signOut = () => void end().then((ended) => ended && leaveToSignIn());
  return (
    <header className="banner">
      <img src={icon} alt="" width="28" height="28" />
      <p className="brand">
        Passerelle <span>{name}</span>
      </p>
      <nav aria-label={say.pages}>
        <a href="/graphiql">{say.graphiql}</a>
      </nav>
      <div className="tongues" role="group" aria-label={say.language}>
        {(['en', 'fr'] as const).map((tongue) => (
          <button
            key={tongue}
            type="button"
            lang={tongue}
            aria-pressed={tongue === language}
            onClick={() => show({ ...view, language: tongue })}
          >
            {tongue === 'en' ? 'English' : 'Français'}
          </button>
        ))}
      </div>
      <select aria-label={say.theme.name} value={theme} onChange={({ target }) => choose(target.value as Theme)}>
        {THEMES.map((one) => (
          <option key={one} value={one}>
            {say.theme[one]}
          </option>
        ))}
      </select>
      <span className="member">{member}</span>
      <button type="button" className="quiet" onClick={signOut}>
        {say.signOut}
      </button>
    </header>
  );
}

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Suspense>
      <Page />
    </Suspense>
  </StrictMode>,
);
