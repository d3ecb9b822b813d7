// The bearer token: kept in the tab's session, sent to nobody but this server.

const KEY = 'passerelle:token';

export const kept = (): string => sessionStorage.getItem(KEY) ?? '';

export function keep(token: string): void {
  if (token) sessionStorage.setItem(KEY, token);
  else sessionStorage.removeItem(KEY);
}

export type Standing = 'missing' | 'accepted' | 'refused' | 'unreachable';

/** Asks the server whether it accepts the token, with the smallest query there is. */
export async function standing(token: string): Promise<Standing> {
  if (!token) return 'missing';
  try {
    const answer = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: '{"query":"{__typename}"}',
    });
    return answer.ok ? 'accepted' : 'refused';
  } catch {
    return 'unreachable';
  }
}
