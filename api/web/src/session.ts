// The session of this browser: a cookie that no script can read, so the server is asked about it.

export interface Standing {
  signedIn: boolean;
  links: boolean;
  identityProvider: boolean;
}

/** Whether somebody is signed in here, and by which ways one can be; nothing while the server cannot be reached. */
export async function standing(): Promise<Standing | undefined> {
  try {
    const answer = await fetch('/session');
    return answer.ok ? ((await answer.json()) as Standing) : undefined;
  } catch {
    return undefined;
  }
}

export type Opened = 'opened' | 'refused' | 'unreachable';

/** Signs in with what stands behind `#` in a link; it works once. */
export async function open(link: string): Promise<Opened> {
  try {
    const answer = await fetch('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link }),
    });
    return answer.ok ? 'opened' : 'refused';
  } catch {
    return 'unreachable';
  }
}

/** Signs out. */
export const end = async (): Promise<boolean> => {
  try {
    return (await fetch('/session', { method: 'DELETE' })).ok;
  } catch {
    return false;
  }
};

/** Where somebody goes once they are signed in. */
export const HOME = '/';

const BACK = 'passerelle:back';

/** Goes to signing in; the view that was asked for waits in this tab. */
export function leaveToSignIn(): void {
  sessionStorage.setItem(BACK, location.search);
  const language = new URLSearchParams(location.search).get('lang');
  location.replace(language ? `/sign-in?${new URLSearchParams({ lang: language })}` : '/sign-in');
}

/** Takes up the view that was asked for before signing in, unless another is asked for. */
export function comeBack(): void {
  const search = sessionStorage.getItem(BACK);
  sessionStorage.removeItem(BACK);
  if (search && !location.search) history.replaceState(null, '', HOME + search);
}
