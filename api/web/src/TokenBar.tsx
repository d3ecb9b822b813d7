// The bar that says who asks: a session, or a bearer token, and what the server thinks of it.
import { useId, useState, type FormEvent } from 'react';
import icon from './icon.svg';
import type { Standing } from './token';
import { say } from './words';

interface Props {
  token: string;
  state: Standing;
  onUse: (token: string) => void;
  onSignOut: () => void;
}

export function TokenBar({ token, state, onUse, onSignOut }: Props) {
  const [draft, setDraft] = useState('');
  const [field, hint] = [useId(), useId()];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onUse(draft.trim().replace(/^bearer\s+/i, ''));
    setDraft('');
  };
  return (
    <header className="token-bar">
      <img src={icon} alt="" width="28" height="28" />
      <h1>Passerelle</h1>
      <p className={`state ${state}`} role="status">
        {say[state]}
      </p>
      {state === 'session' ? (
        <button type="button" onClick={onSignOut}>
          {say.signOut}
        </button>
      ) : state === 'accepted' ? (
        <button type="button" onClick={() => onUse('')}>
          {say.forget}
        </button>
      ) : (
        <form onSubmit={submit}>
          <label htmlFor={field}>{say.token}</label>
          <input
            id={field}
            type="password"
            autoComplete="off"
            spellCheck={false}
            required
            value={draft}
            aria-describedby={hint}
            title={`${say.explained} ${say.kept}`}
            onChange={(event) => setDraft(event.target.value)}
          />
          <button type="submit">{say.use}</button>
          <small id={hint}>
            {token ? '' : say.explained} {say.kept}
          </small>
        </form>
      )}
    </header>
  );
}
