// The bearer token: kept in the tab's session, sent to nobody but this server.

const KEY = 'passerelle:token';

export const kept = (): string => sessionStorage.getItem(KEY) ?? '';

export function keep(token: string): void {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

export type Standing = 'missing' | 'session' | 'accepted' | 'refused' | 'unreachable';

/** The header that brings a token; none without one, when the session's cookie says who asks. */
export const authorization = (token: string): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};

/** Asks the server whether it accepts the token, or the session, with the smallest query there is. */
export async function standing(token: string): Promise<Standing> {
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization(token) },
      body: '{"query":"{__typename}"}',
    });
    if (token) return answer.ok ? 'accepted' : 'refused';
    return answer.ok ? 'session' : 'missing';
  } catch {
    return 'unreachable';
  }
}
