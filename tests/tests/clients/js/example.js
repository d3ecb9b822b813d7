// The client of docs/client against a server: node example.js URL TOKEN COMMUNITY FOLDER, where FOLDER holds it compiled.
// Prints one JSON line a check.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Cable } from './cable.js';
import { run, sleep, timed } from './checks.js';

const [url, token, community, folder] = process.argv.slice(2);

async function publish(body) {
  const query = 'mutation ($input: PublishPostInput!) { publishPost(input: $input) { userErrors { code } } }';
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { audience: { community }, body } } }),
  });
  assert.deepEqual((await answer.json()).data.publishPost.userErrors, []);
}

/** The program, whose lines are awaited one by one. */
class Program {
  #lines = [];
  #waiting = [];

  constructor(...args) {
    this.child = spawn(process.execPath, [`${folder}/main.js`, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface(this.child.stdout).on('line', (line) => {
      const waiter = this.#waiting.shift();
      if (waiter) waiter(line);
      else this.#lines.push(line);
    });
  }
  next() {
    if (this.#lines.length) return Promise.resolve(this.#lines.shift());
    return timed(new Promise((resolve) => this.#waiting.push(resolve)), 'no line', 15000);
  }
  /** The lines up to one that begins so. */
  async upto(beginning) {
    const lines = [];
    for (;;) {
      lines.push(await this.next());
      if (lines.at(-1).startsWith(beginning)) return lines;
    }
  }
}

const checks = {
  async 'it reads page by page, posts, is refused in its language, and follows over a lost connection'() {
    const cable = new Cable(url);
    const program = new Program(await cable.url(), token, 'fr');
    const lines = await program.upto('following');
    assert.deepEqual(lines.slice(0, 4), [
      'signed in: Ada (Atelier)',
      'page 1: Ada: third',
      'page 1: Ada: second',
      'page 2: Ada: first',
    ]);
    assert.match(lines[4], /^refused: BLANK_TEXT Écrivez quelque chose.*\(input\.body\)$/);
    assert.equal(await program.next(), 'new: Ada: Bonjour !');
    await publish('live');
    assert.equal(await program.next(), 'new: Ada: live');
    cable.cut();
    assert.match((await program.upto('lost')).at(-1), /^lost/);
    await publish('missed');
    await publish('missed too');
    await sleep(200);
    cable.mend();
    const after = (await program.upto('new: Ada: missed too')).filter((line) => !line.startsWith('lost'));
    assert.deepEqual(after, ['new: Ada: missed', 'new: Ada: missed too']);
    await publish('live again');
    assert.equal(await program.next(), 'new: Ada: live again');
    program.child.kill();
    cable.close();
  },
};

await run(checks);
