// urql against a server: node urql.js URL TOKEN COMMUNITY. Prints one JSON line a check.
import assert from 'node:assert/strict';
import { Client, fetchExchange, subscriptionExchange } from '@urql/core';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { Cable } from './cable.js';
import { run, sleep, timed } from './checks.js';

const [url, token, community] = process.argv.slice(2);

function client(address = url, bearer = token, language = 'en') {
  const authorization = `Bearer ${bearer}`;
  const socket = createClient({
    url: `${address.replace(/^http/, 'ws')}/ws`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization },
    shouldRetry: () => true,
    retryAttempts: 50,
    retryWait: () => sleep(50),
  });
  const forwardSubscription = ({ query, variables }) => ({
    subscribe: (sink) => ({ unsubscribe: socket.subscribe({ query, variables }, sink) }),
  });
  return new Client({
    url: address,
    preferGetMethod: false,
    exchanges: [fetchExchange, subscriptionExchange({ forwardSubscription })],
    fetchOptions: { headers: { authorization, 'accept-language': language } },
  });
}

const PUBLISH = `mutation ($input: PublishPostInput!) {
  publishPost(input: $input) { post { id body } userErrors { code message field } }
}`;
const publish = (by, body) => by.mutation(PUBLISH, { input: { audience: { community }, body } }).toPromise();

/** Follows a community: the texts of posts as they come, to be awaited one by one. */
function following(by) {
  const come = [];
  const waiting = [];
  const document = 'subscription ($id: ID!) { feedItems(community: $id) { ... on Post { body } } }';
  const { unsubscribe } = by.subscription(document, { id: community }).subscribe(({ data, error }) => {
    const said = error ?? data.feedItems.body;
    const waiter = waiting.shift();
    if (waiter) waiter(said);
    else come.push(said);
  });
  const next = () => (come.length ? Promise.resolve(come.shift()) : new Promise((resolve) => waiting.push(resolve)));
  return { next: () => timed(next(), 'nothing came'), unsubscribe };
}

const checks = {
  async 'a query is answered with its variables'() {
    const { data, error } = await client()
      .query('query ($n: Int) { viewer { name } communities(first: $n) { nodes { id } } }', { n: 3 })
      .toPromise();
    assert.equal(error, undefined);
    assert.equal(data.viewer.name, 'Ada');
    assert.equal(data.communities.nodes[0].id, community);
  },
  async 'a mutation is carried out, and refused in the language of the caller'() {
    const { data } = await publish(client(), 'from urql');
    assert.deepEqual([data.publishPost.post.body, data.publishPost.userErrors], ['from urql', []]);
    const refused = (await publish(client(url, token, 'fr'), '')).data.publishPost;
    assert.equal(refused.post, null);
    const [{ code, message, field }] = refused.userErrors;
    assert.deepEqual([code, field], ['BLANK_TEXT', ['input', 'body']]);
    assert.match(message, /le texte est vide/);
  },
  async 'an error says what and where'() {
    const { data, error } = await client().query('{ viewer { name } search(query: "*") { edges { cursor } } }', {}).toPromise();
    assert.equal(data ?? null, null);
    const [first] = error.graphQLErrors;
    assert.deepEqual([first.extensions.code, first.path], ['BAD_USER_INPUT', ['search']]);
  },
  async 'nobody is answered without a token that is known'() {
    const { error } = await client(url, 'another').query('{ viewer { name } }', {}).toPromise();
    assert.equal(error.graphQLErrors[0]?.extensions.code ?? error.response?.status, 'UNAUTHENTICATED');
  },
  async 'a subscription says what comes, and goes on over a lost connection'() {
    const cable = new Cable(url);
    const reader = client(await cable.url());
    const feed = following(reader);
    await sleep(300);
    await publish(client(), 'one');
    assert.equal(await feed.next(), 'one');
    cable.cut();
    await sleep(200);
    cable.mend();
    await sleep(500);
    await publish(client(), 'two');
    assert.equal(await feed.next(), 'two');
    feed.unsubscribe();
    cable.close();
  },
  async 'a subscription that may not be is an error'() {
    const document = 'subscription { feedItems(community: "nothing") { __typename } }';
    const ended = new Promise((resolve) => client().subscription(document, {}).subscribe(resolve));
    const { error } = await timed(ended, 'no error');
    assert.equal(error.graphQLErrors[0].extensions.code, 'NOT_FOUND');
  },
};

await run(checks);
