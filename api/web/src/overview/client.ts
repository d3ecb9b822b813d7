// How the page asks: in its language, with the session's cookie, and on to signing in once there is no session.
import { useEffect, useState } from 'react';
import { cacheExchange, Client, fetchExchange, mapExchange, stringifyVariables, useQuery, type AnyVariables, type CombinedError } from 'urql';
import type { TypedDocumentString } from '../gql/graphql';
import { leaveToSignIn } from '../session';
import type { Language } from './view';

/** Whether nobody is signed in. */
const signedOut = (error: CombinedError): boolean =>
  (error.response as Response | undefined)?.status === 401 ||
  error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'UNAUTHENTICATED');

export const clientIn = (language: Language): Client =>
  new Client({
    url: '/graphql',
    preferGetMethod: false,
    fetchOptions: { headers: { 'accept-language': language } },
    exchanges: [
      cacheExchange,
      mapExchange({ onError: (error) => void (signedOut(error) && leaveToSignIn()) }),
      fetchExchange,
    ],
  });

/** Whether the server goes on computing what it could not answer in time. */
const computes = (error: CombinedError): boolean =>
  error.graphQLErrors.some(({ extensions }) => extensions['code'] === 'TIMEOUT');

/** How often what is being computed is asked for again, and after how long. */
const [ATTEMPTS, PAUSE_MS] = [8, 1_500];

export interface Answer<Result> {
  /** Of these variables, never of others that were asked for before. */
  data: Result | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  /** Whether the server computes it, so that it is asked again in a moment. */
  computing: boolean;
  again: () => void;
}

/** The answer to a query that was generated from the schema; asked again while the server computes it. */
export function useAnswer<Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
): Answer<Result> {
  const [answer, ask] = useQuery<Result, Variables>({ query: document.toString(), variables });
  const key = stringifyVariables(variables ?? {});
  const [tried, setTried] = useState({ key, times: 0 });
  const times = tried.key === key ? tried.times : 0;
  // While other variables are asked for, what is known is still the answer to the last ones.
  const own = answer.operation !== undefined && stringifyVariables(answer.operation.variables ?? {}) === key;
  const error = own ? answer.error : undefined;
  const computing = error !== undefined && computes(error) && times < ATTEMPTS;
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
  return { data: own ? answer.data : undefined, error, fetching: answer.fetching, computing, again };
}
