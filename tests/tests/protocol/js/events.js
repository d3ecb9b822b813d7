// Checks GraphQL over server-sent events against a server: node events.js URL TOKEN. Prints one JSON line a check.
// The server runs the schema of schema.rs, and asks tokens again every 200 ms; a client has two streams at
// once.
import assert from 'node:assert/strict';
import http from 'node:http';
import https from 'node:https';
import { createClient } from 'graphql-sse';

const [url, token] = process.argv.slice(2);
const within = 3000;

function client(bearer = token) {
  return createClient({ url, headers: { authorization: `Bearer ${bearer}` }, retryAttempts: 0 });
}

/** All answers to an operation, to its end. */
async function answers(query, bearer) {
  const all = [];
  for await (const answer of client(bearer).iterate({ query })) all.push(answer);
  return all;
}

async function post(headers) {
  const authorization = `Bearer ${token}`;
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization, accept: 'text/event-stream', 'content-type': 'application/json', ...headers },
    body: '{"query":"{ hello }"}',
    signal: AbortSignal.timeout(within),
  });
  return { status: answer.status, type: answer.headers.get('content-type'), text: await answer.text() };
}

const codes = (answer) => answer.errors.map((error) => error.extensions.code);

const checks = {
  async 'a query is one answer'() {
    assert.deepEqual(await answers('{ hello }'), [{ data: { hello: 'world' } }]);
  },
  async 'a mutation is one answer'() {
    assert.deepEqual(await answers('mutation { touch }'), [{ data: { touch: true } }]);
  },
  async 'a subscription is as many answers as it has'() {
    const counted = await answers('subscription { count(to: 3) }');
    assert.deepEqual(counted, [1, 2, 3].map((count) => ({ data: { count } })));
  },
  async 'the bytes are those of the protocol'() {
    const { status, type, text } = await post({});
    assert.deepEqual([status, type], [200, 'text/event-stream; charset=utf-8']);
    assert.equal(text, 'event: next\ndata: {"data":{"hello":"world"}}\n\nevent: complete\ndata: \n\n');
  },
  async 'a document that is wrong is answered once, with what is wrong'() {
    for (const [query, code] of [
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{ hello', 'GRAPHQL_PARSE_FAILED'],
      ['subscription { nothing }', 'GRAPHQL_VALIDATION_FAILED'],
    ]) {
      const [answer, ...more] = await answers(query);
      assert.deepEqual([codes(answer), more], [[code], []], query);
    }
  },
  async 'a query asked for with GET is answered, a mutation is not'() {
    const asked = async (query) => {
      const headers = { authorization: `Bearer ${token}`, accept: 'text/event-stream' };
      return fetch(`${url}?query=${encodeURIComponent(query)}`, { headers });
    };
    assert.match(await (await asked('{ hello }')).text(), /"hello":"world"/);
    assert.match(await (await asked('subscription { count(to: 1) }')).text(), /"count":1/);
    assert.equal((await asked('mutation { touch }')).status, 405);
  },
  async 'without a token nothing is answered'() {
    const { status, type } = await post({ authorization: 'Bearer wrong' });
    assert.deepEqual([status, type.split(';')[0]], [401, 'application/json']);
  },
  async 'a body of another kind is refused'() {
    assert.equal((await post({ 'content-type': 'text/plain' })).status, 415);
  },
  async 'a token that ends ends its subscription, and says so'() {
    let last;
    for await (const answer of client('short-lived').iterate({ query: 'subscription { ticks }' })) last = answer;
    assert.deepEqual(codes(last), ['UNAUTHENTICATED']);
  },
  async 'a client has so many streams at once, and more once it has left some'() {
    const leaving = new AbortController();
    const follow = () =>
      fetch(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'content-type': 'application/json' },
        body: '{"query":"subscription { ticks }"}',
        signal: leaving.signal,
      });
    const [first, second, third] = [await follow(), await follow(), await follow()];
    assert.deepEqual([first.status, second.status, third.status], [200, 200, 429]);
    assert.deepEqual(codes(await third.json()), ['TOO_MANY_OPERATIONS']);
    leaving.abort();
    while ((await post({})).status === 429) await new Promise((again) => setTimeout(again, 20));
  },
  async 'a reader of events that takes nothing is dropped, and told why once it reads again'() {
    // Large answers, so that soon nothing more fits on the way.
    const query = `subscription { ${'a'.repeat(50_000)}: count(to: 2000000000) }`;
    const text = await new Promise((resolve, reject) => {
      const { request: begin } = url.startsWith('https:') ? https : http;
      const request = begin(url, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, accept: 'text/event-stream', 'content-type': 'application/json' },
      });
      request.on('error', reject).on('response', async (answer) => {
        await new Promise((again) => setTimeout(again, 1000));
        const pieces = [];
        answer.on('data', (piece) => pieces.push(piece)).on('error', reject);
        answer.on('end', () => resolve(Buffer.concat(pieces).toString()));
      });
      request.end(JSON.stringify({ query }));
    });
    const [next, complete, end] = text.split('\n\n').slice(-3);
    assert.deepEqual([complete, end], ['event: complete\ndata: ', '']);
    assert.deepEqual(codes(JSON.parse(next.replace('event: next\ndata: ', ''))), ['TOO_SLOW']);
  },
  async 'a client that has enough leaves'() {
    let seen = 0;
    for await (const { data } of client().iterate({ query: 'subscription { ticks }' })) {
      seen = data.ticks;
      if (seen === 3) break;
    }
    assert.equal(seen, 3);
  },
};

for (const [name, check] of Object.entries(checks)) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error('too late')), within)));
  const status = await Promise.race([check(), late]).then(() => 'ok', (error) => String(error));
  clearTimeout(timer);
  console.log(JSON.stringify({ name, status }));
}
process.exit(0);
