// How the page asks: in its language, with the session's cookie, and on to signing in once there is no session.
import { useEffect, useRef } from 'react';
import { cacheExchange, Client, fetchExchange, mapExchange, useQuery, type AnyVariables, type CombinedError } from 'urql';
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
const computing = (error: CombinedError | undefined): boolean =>
  error?.graphQLErrors.some(({ extensions }) => extensions['code'] === 'TIMEOUT') ?? false;

/** How often what is being computed is asked for again, and after how long. */
const [ATTEMPTS, PAUSE_MS] = [8, 1_500];

/** The answer to a query that was generated from the schema; asked again while the server computes it. */
export const useAnswer = <Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
) => {
  const [answer, again] = useQuery<Result, Variables>({ query: document.toString(), variables });
  const attempts = useRef(0);
  const pending = computing(answer.error) && attempts.current < ATTEMPTS;
  useEffect(() => {
    if (answer.data) attempts.current = 0;
    if (!pending || answer.fetching) return;
    const timer = setTimeout(() => {
      attempts.current += 1;
      again({ requestPolicy: 'network-only' });
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [answer, again, pending]);
  return [answer, again, pending] as const;
};
