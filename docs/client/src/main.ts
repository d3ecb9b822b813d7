// A reader of one community: node dist/main.js URL TOKEN [LANGUAGE]. It signs in, reads the feed page by page, posts,
// is refused once, and then says what is new until it is ended.
import { randomUUID } from 'node:crypto';

import { CommunityFeed, type Item } from './feed.js';
import { Publish, SignIn, Start } from './operations.js';
import { Passerelle } from './passerelle.js';

const [url, token, language = 'en'] = process.argv.slice(2);
if (!url || !token) {
  console.error('usage: node dist/main.js URL TOKEN [LANGUAGE]');
  process.exit(2);
}

const passerelle = new Passerelle(url, token, language);
const say = (what: string, text: string) => console.log(`${what}: ${text}`);

function told(item: Item): string {
  const said = item.__typename === 'Post' ? item.body : item.name;
  return `${item.author?.name ?? '?'}: ${said ?? '(erased)'}`;
}

const { organisation, viewer, communities } = await passerelle.ask(Start, {});
if (!organisation || !viewer) throw new Error('the token is not that of a member');
// Sent again after a time-out, the same command id is answered as the first time.
await passerelle.ask(SignIn, { organisation: organisation.id, commandId: randomUUID() });
say('signed in', `${viewer.name} (${organisation.name})`);

const community = communities.nodes[0];
if (!community) throw new Error('there is no community yet');
const feed = new CommunityFeed(passerelle, community.id);
let pages = 0;
for await (const page of feed.pages(2)) {
  pages += 1;
  for (const item of page) say(`page ${pages}`, told(item));
}

for (const body of ['', 'Bonjour !']) {
  const audience = { community: community.id };
  const input = { audience, body, commandId: randomUUID() };
  const { publishPost } = await passerelle.ask(Publish, { input });
  for (const { code, message, field } of publishPost.userErrors) {
    say('refused', `${code} ${message} (${field?.join('.')})`);
  }
}

say('following', community.name ?? '');
for await (const item of feed.live((why) => say('lost', why))) say('new', told(item));
