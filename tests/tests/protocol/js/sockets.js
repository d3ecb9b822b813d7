// Checks graphql-transport-ws against a server: node sockets.js URL TOKEN. Prints one JSON line a check.
// The server runs the schema of schema.rs, with an init timeout of 300 ms, pings every 400 ms, 300 ms for a message to be
// taken, and at most 4 operations.
import assert from 'node:assert/strict';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [url, token] = process.argv.slice(2);
const PROTOCOL = 'graphql-transport-ws';
const authorization = `Bearer ${token}`;
const within = 3000;

/** A raw socket whose messages are awaited one by one, and whose close code can be. */
class Raw {
  constructor(options = {}, protocol = PROTOCOL) {
    this.socket = new WebSocket(url, protocol, options);
    this.messages = [];
    this.waiting = [];
    this.opened = new Promise((resolve, reject) => {
      this.socket.on('open', resolve);
      this.socket.on('error', reject);
    });
    this.opened.catch(() => {});
    this.closed = new Promise((resolve) =>
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) })),
    );
    this.socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      const waiter = this.waiting.shift();
      if (waiter) waiter(message);
      else this.messages.push(message);
    });
  }
  send(message) {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    return this;
  }
  subscribe(id, query, variables) {
    return this.send({ id, type: 'subscribe', payload: { query, variables } });
  }
  next() {
    if (this.messages.length) return Promise.resolve(this.messages.shift());
    return timed(new Promise((resolve) => this.waiting.push(resolve)), 'no message');
  }
  close() {
    return timed(this.closed, 'not closed');
  }
}

function timed(promise, what, most = within) {
  let timer;
  const late = new Promise((_, reject) => (timer = setTimeout(() => reject(new Error(what)), most)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function opened(options, protocol) {
  const raw = new Raw(options, protocol);
  await timed(raw.opened, 'not opened');
  return raw;
}

async function ready() {
  const raw = await opened();
  raw.send({ type: 'connection_init', payload: { authorization } });
  assert.deepEqual(await raw.next(), { type: 'connection_ack' });
  return raw;
}

async function closesWith(code, raw) {
  const closed = await raw.close();
  assert.equal(closed.code, code, closed.reason);
}

async function refusesUpgrade(status, options, protocol) {
  const raw = new Raw(options, protocol);
  await assert.rejects(timed(raw.opened, 'neither opened nor refused'), new RegExp(`${status}`));
}

const checks = {
  async 'a query is answered and completed'() {
    const raw = (await ready()).subscribe('1', '{ hello }');
    assert.deepEqual(await raw.next(), { type: 'next', id: '1', payload: { data: { hello: 'world' } } });
    assert.deepEqual(await raw.next(), { type: 'complete', id: '1' });
  },
  async 'a mutation is executed once'() {
    const raw = (await ready()).subscribe('1', 'mutation { touch }');
    assert.equal((await raw.next()).payload.data.touch, true);
    assert.equal((await raw.next()).type, 'complete');
  },
  async 'a subscription goes on to its end'() {
    const raw = (await ready()).subscribe('s', 'subscription ($to: Int!) { count(to: $to) }', { to: 3 });
    for (const count of [1, 2, 3]) assert.equal((await raw.next()).payload.data.count, count);
    assert.deepEqual(await raw.next(), { type: 'complete', id: 's' });
  },
  async 'an id may be used again once its operation has ended'() {
    const raw = await ready();
    for (let again = 0; again < 3; again++) {
      raw.subscribe('1', '{ hello }');
      assert.equal((await raw.next()).type, 'next');
      assert.equal((await raw.next()).type, 'complete');
    }
  },
  async 'what the client completes says nothing more'() {
    const raw = (await ready()).subscribe('s', 'subscription { ticks }');
    assert.equal((await raw.next()).type, 'next');
    raw.send({ id: 's', type: 'complete' });
    await sleep(100);
    raw.messages.length = 0;
    raw.subscribe('q', '{ hello }');
    assert.equal((await raw.next()).id, 'q');
  },
  async 'an unknown complete is ignored'() {
    const raw = (await ready()).send({ id: 'nothing', type: 'complete' }).subscribe('1', '{ hello }');
    assert.equal((await raw.next()).type, 'next');
  },
  async 'operations run side by side'() {
    const raw = (await ready()).subscribe('n', 'subscription { never }').subscribe('1', '{ hello }');
    assert.equal((await raw.next()).id, '1');
  },
  async 'too many operations are refused, not the socket'() {
    const raw = await ready();
    for (const id of ['1', '2', '3', '4', '5']) raw.subscribe(id, 'subscription { never }');
    const error = await raw.next();
    assert.equal(error.type, 'error');
    assert.equal(error.id, '5');
    assert.equal(error.payload[0].extensions.code, 'TOO_MANY_OPERATIONS');
  },
  async 'a request error is an error message and the end'() {
    const raw = await ready();
    for (const [query, code] of [
      ['{ nothing }', 'GRAPHQL_VALIDATION_FAILED'],
      ['{', 'GRAPHQL_PARSE_FAILED'],
      ['{ ...f } fragment f on Query { ...f }', 'GRAPHQL_VALIDATION_FAILED'],
      [`{ ${'hello '.repeat(31)} }`, 'QUERY_TOO_COMPLEX'],
      [`query { a: __typename } query { b: __typename }`, 'GRAPHQL_PARSE_FAILED'],
    ]) {
      raw.subscribe('1', query);
      const error = await raw.next();
      assert.equal(error.type, 'error', query);
      assert.equal(error.payload[0].extensions.code, code, query);
    }
  },
  async 'an execution error is an answer, masked'() {
    const raw = (await ready()).subscribe('1', '{ broken }');
    const { type, payload } = await raw.next();
    assert.equal(type, 'next');
    assert.equal(payload.errors[0].extensions.code, 'INTERNAL_SERVER_ERROR');
    assert.ok(payload.errors[0].extensions.errorId);
    assert.doesNotMatch(JSON.stringify(payload), /secret/);
    assert.equal((await raw.next()).type, 'complete');
  },
  async 'a ping is answered with a pong, also before the init'() {
    const raw = (await opened()).send({ type: 'ping' });
    assert.deepEqual(await raw.next(), { type: 'pong' });
    raw.send({ type: 'ping', payload: { any: 1 } }).send({ type: 'pong' });
    assert.equal((await raw.next()).type, 'pong');
  },
  async 'a token in the upgrade request is enough'() {
    const raw = await opened({ headers: { authorization } });
    raw.send({ type: 'connection_init' });
    assert.equal((await raw.next()).type, 'connection_ack');
  },
  async 'the other side is pinged'() {
    const raw = await ready();
    await timed(new Promise((resolve) => raw.socket.on('ping', resolve)), 'no ping');
  },
  async 'a socket that gives no sign of life is left'() {
    const raw = await opened({ autoPong: false });
    raw.send({ type: 'connection_init', payload: { authorization } });
    const closed = await raw.close();
    assert.equal(closed.code, 1006);
  },
  async 'a revoked token ends the socket'() {
    const raw = await opened();
    raw.send({ type: 'connection_init', payload: { authorization: 'Bearer short-lived' } });
    assert.equal((await raw.next()).type, 'connection_ack');
    raw.subscribe('s', 'subscription { never }');
    await closesWith(4403, raw);
  },
  async 'no init: 4408'() {
    await closesWith(4408, await opened());
  },
  async 'a second init: 4429'() {
    const raw = await ready();
    await closesWith(4429, raw.send({ type: 'connection_init', payload: { authorization } }));
  },
  async 'an operation before the init: 4401'() {
    await closesWith(4401, (await opened()).subscribe('1', '{ hello }'));
  },
  async 'no token, or a wrong one: 4403'() {
    for (const payload of [undefined, {}, { authorization: 'Bearer wrong' }, { authorization: 1 }]) {
      await closesWith(4403, (await opened()).send({ type: 'connection_init', payload }));
    }
  },
  async 'an id that is taken: 4409'() {
    const raw = (await ready()).subscribe('1', 'subscription { never }').subscribe('1', '{ hello }');
    const closed = await raw.close();
    assert.deepEqual(closed, { code: 4409, reason: 'Subscriber for 1 already exists' });
  },
  async 'a long id that is taken: 4409 with a reason that fits'() {
    const id = 'é'.repeat(64);
    await closesWith(4409, (await ready()).subscribe(id, 'subscription { never }').subscribe(id, '{ hello }'));
  },
  async 'a reader that takes nothing is dropped, and told why: 4290'() {
    const raw = await ready();
    // Large answers, so that soon nothing more fits on the way.
    raw.subscribe('s', `subscription { ${'a'.repeat(50_000)}: count(to: 2000000000) }`);
    raw.socket.pause();
    await sleep(1500);
    raw.socket.resume();
    const { code, reason } = await timed(raw.closed, 'not dropped', 20_000);
    assert.deepEqual([code, reason], [4290, 'Messages were not taken in time']);
  },
  async 'what is no message: 4400'() {
    for (const message of [
      'not json',
      '[]',
      '{}',
      { type: 'nonsense' },
      { type: 'connection_init', payload: 'x' },
      { type: 'subscribe' },
      { type: 'subscribe', id: '1' },
      { type: 'subscribe', id: 1, payload: { query: '{ hello }' } },
      { type: 'subscribe', id: '', payload: { query: '{ hello }' } },
      { type: 'subscribe', id: '1', payload: {} },
      { type: 'subscribe', id: '1', payload: { query: 1 } },
      { type: 'subscribe', id: '1', payload: { query: '{ hello }', variables: 'x' } },
      { type: 'subscribe', id: '1', payload: { query: '{ hello }', operationName: 1 } },
      { type: 'subscribe', id: '1', payload: { query: '{ hello }', extensions: 1 } },
      { type: 'complete' },
      { type: 'next', id: '1', payload: {} },
    ]) {
      await closesWith(4400, (await ready()).send(message));
    }
  },
  async 'a binary message: 4400'() {
    const raw = await ready();
    raw.socket.send(Buffer.from('{}'));
    await closesWith(4400, raw);
  },
  async 'a message over the bound: 1009'() {
    await closesWith(1009, (await ready()).subscribe('1', `{ hello } #${'x'.repeat(300 * 1024)}`));
  },
  async 'another subprotocol is refused'() {
    await refusesUpgrade(400, {}, 'graphql-ws');
    await refusesUpgrade(400, {}, []);
    const raw = await opened({}, ['graphql-ws', PROTOCOL]);
    assert.equal(raw.socket.protocol, PROTOCOL);
  },
  async 'a page of another origin is refused'() {
    await refusesUpgrade(403, { origin: 'https://evil.example' });
    await refusesUpgrade(403, { origin: 'null' });
    await opened({ origin: url.replace('ws:', 'http:').replace('/graphql/ws', '') });
  },
  async 'the client of npm graphql-ws queries and subscribes'() {
    const client = createClient({ url, webSocketImpl: WebSocket, connectionParams: { authorization }, retryAttempts: 0 });
    const counts = [];
    for await (const { data } of client.iterate({ query: 'subscription { count(to: 5) }' })) counts.push(data.count);
    assert.deepEqual(counts, [1, 2, 3, 4, 5]);
    for await (const { data } of client.iterate({ query: 'subscription { ticks }' })) if (data.ticks > 3) break;
    for await (const { data } of client.iterate({ query: '{ hello }' })) assert.equal(data.hello, 'world');
    await assert.rejects(client.iterate({ query: '{ nothing }' }).next());
    await client.dispose();
  },
};

for (const [name, check] of Object.entries(checks)) {
  let reason;
  try {
    await check();
  } catch (error) {
    reason = String(error?.message ?? error);
  }
  console.log(JSON.stringify({ name, status: reason === undefined ? 'ok' : 'error', reason }));
}
process.exit(0);
