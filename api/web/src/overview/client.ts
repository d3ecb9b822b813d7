// How the page asks: in its language, with the session's cookie, and on to signing in once there is no session.
import { useEffect, useState } from 'react';
import {
  cacheExchange,
  Client,
  fetchExchange,
  mapExchange,
  stringifyVariables,
  useQuery,
  type AnyVariables,
  type CombinedError,
} from 'urql';
import type { TypedDocumentString } from '../gql/graphql';
import { leaveToSignIn } from '../session';
import type { Language } from './view';

/** Whether nobody is signed in. */
const signedOut = (error: CombinedError): boolean =>
  (error.response as Response | undefined)?.status === 401 ||
  error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');

const clients = new Map<Language, Client>();

/** The same client for the same language, so that what was asked ahead is not asked again. */
export function clientIn(language: Language): Client {
  const made = clients.get(language);
  if (made) return made;
  const client = new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { headers: { 'accept-language': language } },
    exchanges: [
      cacheExchange,
      mapExchange({ onError: (error) => void (signedOut(error) && leaveToSignIn()) }),
      fetchExchange,
    ],
  });
  clients.set(language, client);
  return client;
}

/** Asks what will be asked in a moment. */
export const askAhead = <Result, Variables extends AnyVariables>(
  client: Client,
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): void => void client.query<Result, Variables>(document.toString(), variables).toPromise();

/** How often it is asked again for what the server goes on computing, by what it says: in time, or how far it is. */
const ATTEMPTS: Record<string, number> = { TIMEOUT: 8, COMPUTING: 200 };
/** After how long. */
const PAUSE_MS = 1_500;

/** What the server says where it goes on computing. */
const computingIn = (error: CombinedError | undefined) =>
  error?.graphQLErrors.find(({ extensions }) => String(extensions['code']) in ATTEMPTS)?.extensions;

export interface Answer<Result> {
  /** Of these variables, never of others that were asked for before. */
  data: Result | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  /** Whether the server computes it, so that it is asked again in a moment. */
  computing: boolean;
  /** How far that is, from 0 to 1, where the server says so. */
  progress: number | undefined;
  again: () => void;
}

/** The answer to a query that was generated from the schema, unless it is not asked; again while the server computes it. */
export function useAnswer<Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
  pause = false,
): Answer<Result> {
  const [answer, ask] = useQuery<Result, Variables>({ query: document.toString(), variables, pause });
  const key = stringifyVariables(variables ?? {});
  const [tried, setTried] = useState({ key, times: 0 });
  const times = tried.key === key ? tried.times : 0;
  // While other variables are asked for, what is known is still the answer to the last ones.
  const own = answer.operation !== undefined && stringifyVariables(answer.operation.variables ?? {}) === key;
  const error = own ? answer.error : undefined;
  const said = computingIn(error);
  const computing = said !== undefined && times < ATTEMPTS[String(said['code'])]!;
  const progress = typeof said?.['progress'] === 'number' ? said['progress'] : undefined;
  const waiting = computing && !answer.fetching;
  useEffect(() => {
    if (!waiting) return;
    const timer = setTimeout(() => {
      setTried({ key, times: times + 1 });
      ask({ requestPolicy: 'network-only' });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [waiting, key, times, ask]);
  const again = () => {
    setTried({ key, times: 0 });
    ask({ requestPolicy: 'network-only' });
  };
  // An answer that is an error as a whole holds null, whatever the types say.
  return { data: (own && answer.data) || undefined, error, fetching: answer.fetching, computing, progress, again };
}
