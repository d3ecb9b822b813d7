// Signing in: with the one-time link that this page was opened by, or with the organisation's identity provider.
import './sign-in.css';

import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import icon from './icon.svg';
import { HOME, open, standing, type Standing } from './session';
import { language, words } from './words';

const say = words[language].signIn;

/** What stands behind `#` is taken out of the address at once, so that it stays in no history. */
const link = location.hash.slice(1);
if (link) history.replaceState(null, '', location.pathname);

/** Whether the identity provider sent somebody back who is not known here. */
const unknown = new URLSearchParams(location.search).has('refused');

type Stage = 'asking' | 'ready' | 'opening' | 'refused' | 'unreachable';

function Page() {
  const [stage, setStage] = useState<Stage>('asking');
  const [ways, setWays] = useState<Standing>();
  useEffect(() => {
    void standing().then((found) => {
      setWays(found);
      setStage(found ? 'ready' : 'unreachable');
    });
  }, []);
  const signIn = async () => {
    setStage('opening');
    const opened = await open(link);
    if (opened === 'opened') location.replace(HOME);
    else setStage(opened);
  };
  const withLink = link !== '' && ways?.links === true && stage !== 'refused';
  const provided = ways?.identityProvider === true;
  return (
    <main>
      <img src={icon} alt="" width="48" height="48" />
      <h1>Passerelle</h1>
      <p role="status">{message(stage, withLink || provided, ways?.signedIn === true)}</p>
      {withLink && (
        <button type="button" disabled={stage === 'opening'} onClick={() => void signIn()}>
          {say.withLink}
        </button>
      )}
      {provided && (
        <a className="button" href="/session/identity-provider">
          {say.withProvider}
        </a>
      )}
      {ways?.signedIn && !withLink && (
        <a className="button" href={HOME}>
          {say.goOn}
        </a>
      )}
    </main>
  );
}

function message(stage: Stage, way: boolean, signedIn: boolean): string {
  if (stage === 'asking' || stage === 'opening') return say.wait;
  if (stage !== 'ready') return say[stage];
  if (unknown && !signedIn) return say.unknown;
  if (signedIn) return say.signedIn;
  return way ? say.ready : say.noWay;
}

document.documentElement.lang = language;
document.title = `Passerelle · ${say.title}`;
createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
