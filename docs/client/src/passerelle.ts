// A connection to Passerelle: typed operations over HTTP and, for what is live, over a WebSocket.
import { type Client, createClient } from 'graphql-ws';
import WebSocket from 'ws';

import type { TypedDocumentString } from './gql/graphql.js';

/** What GraphQL answers. The extension `position` says at which moment of the journal. */
interface Answer<Data> {
  data?: Data | null;
  errors?: readonly { message: string; extensions?: { code?: string } }[];
  extensions?: { position?: string };
}

/** What could not be answered, with the code that says why. */
export class Unanswered extends Error {
  constructor(readonly errors: NonNullable<Answer<unknown>['errors']>) {
    super(errors.map(({ message, extensions }) => `${extensions?.code ?? 'ERROR'}: ${message}`).join('; '));
  }
}

/** What fails before anybody waits for it is told to whoever does. */
export function awaitedLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}

export class Passerelle {
  /** The newest moment this program has seen: it never reads an earlier one, whichever server answers. */
  position: string | undefined;

  constructor(
    readonly url: string,
    readonly token: string,
    readonly language: string,
  ) {}

  /** One query or mutation. */
  async ask<Data, Variables>(document: TypedDocumentString<Data, Variables>, variables: Variables): Promise<Data> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        accept: 'application/graphql-response+json',
        'accept-language': this.language,
        authorization: `Bearer ${this.token}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ query: document.toString(), variables, extensions: this.#atLeast() }),
    });
    return this.#read((await response.json()) as Answer<Data>);
  }

  /**
   * One subscription, until the connection ends or the caller stops. `begun` runs once the server has it, so what is
   * read from then on meets what comes live without a gap.
   */
  async *follow<Data, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Data, Variables>,
    variables: Variables,
    begun: () => void,
  ): AsyncGenerator<Data> {
    const client = this.#socket();
    try {
      const live = client.iterate<Data>({ query: document.toString(), variables });
      let next = awaitedLater(live.next());
      // Asked on the same connection, so answered after the subscription has begun.
      for await (const _ of client.iterate({ query: '{ __typename }' }));
      begun();
      for (let item = await next; !item.done; item = await next) {
        next = awaitedLater(live.next());
        yield this.#read(item.value as Answer<Data>);
      }
    } finally {
      await client.dispose();
    }
  }

  #socket(): Client {
    return createClient({
      url: `${this.url.replace(/^http/, 'ws')}/ws`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${this.token}` },
      retryAttempts: 0,
      keepAlive: 10_000,
    });
  }

  #atLeast(): { atLeast?: string } {
    return this.position === undefined ? {} : { atLeast: this.position };
  }

  #read<Data>(answer: Answer<Data>): Data {
    this.position = answer.extensions?.position ?? this.position;
    if (answer.errors?.length || !answer.data) throw new Unanswered(answer.errors ?? [{ message: 'no data' }]);
    return answer.data;
  }
}
