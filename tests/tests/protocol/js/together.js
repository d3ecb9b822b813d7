// Two people who follow a community, each with a client of npm graphql-ws: node together.js ADDRESS TOKEN TOKEN COMMUNITY.
// Each line on standard input is a thing to do, answered with one line:
//   {"post": BODY, "by": N}  says something as one of them
//   {"seen": COUNT}          waits until both have seen so much, and tells what
//   "lost"                   waits until both have lost their connections, and tells how many have
//   "return"                 lets both connect again
import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

const [address, ada, bo, community] = process.argv.slice(2);
const within = 20_000;

async function ask(token, query, variables) {
  const answer = await fetch(`http://${address}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  return answer.json();
}

async function until(holds, what) {
  const late = Date.now() + within;
  while (!holds()) {
    if (Date.now() > late) throw new Error(`${what}: too late`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Somebody whose page is open all the time. */
class Person {
  seen = [];
  #returning = () => {};

  constructor(token) {
    this.token = token;
    this.client = createClient({
      url: `ws://${address}/graphql/ws`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: `Bearer ${token}` },
      shouldRetry: () => true,
      retryAttempts: 1,
      retryWait: () => new Promise((resolve) => (this.#returning = resolve)),
      on: { connected: () => (this.lost = false), closed: () => (this.lost = true) },
    });
  }
  /** From now on, and after a lost connection from what was seen last. */
  async follow() {
    const { extensions } = await ask(this.token, '{ viewer { name } }');
    const variables = { community, after: extensions.position };
    const query = `subscription ($community: ID!, $after: Position) {
      feedItems(community: $community, after: $after) { ... on Post { body } }
    }`;
    const next = ({ data, errors, extensions }) => {
      this.seen.push(errors ?? data.feedItems.body);
      // The client sends what it was given again when it connects again.
      variables.after = extensions.position;
    };
    const error = (said) => this.seen.push(String(said));
    this.client.subscribe({ query, variables }, { next, error, complete: () => this.seen.push('complete') });
  }
  return() {
    this.#returning();
  }
}

const people = [ada, bo].map((token) => new Person(token));

async function done(asked) {
  if (asked === 'lost') {
    await until(() => people.every((person) => person.lost), 'lost');
    return people.length;
  }
  if (asked === 'return') {
    people.forEach((person) => person.return());
    return 'returning';
  }
  if (asked.post) {
    const query = 'mutation ($input: PublishPostInput!) { publishPost(input: $input) { userErrors { code } } }';
    const input = { audience: { community }, body: asked.post };
    const { data } = await ask(people[asked.by].token, query, { input });
    assert.deepEqual(data.publishPost.userErrors, []);
    return 'posted';
  }
  await until(() => people.every((person) => person.seen.length >= asked.seen), 'seen').catch(() => {});
  return people.map((person) => person.seen);
}

for (const person of people) await person.follow();
console.log('"following"');
for await (const line of createInterface(process.stdin)) {
  console.log(JSON.stringify(await done(JSON.parse(line)).catch(String)));
}
