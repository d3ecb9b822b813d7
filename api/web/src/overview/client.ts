// How the page asks: in its language, with the session's cookie, and on to signing in once there is no session.
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

/** The answer to a query that was generated from the schema. */
export const useAnswer = <Result, Variables extends AnyVariables>(
  document: TypedDocumentString<Result, Variables>,
  variables: Variables,
) => useQuery<Result, Variables>({ query: document.toString(), variables });
