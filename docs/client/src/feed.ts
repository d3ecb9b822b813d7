// The feed of a community as somebody reads it who never leaves: page by page, then live, across lost connections.
import type { FeedQuery } from './gql/graphql.js';
import { Feed, Live } from './operations.js';
import { type Passerelle, Unanswered, awaitedLater } from './passerelle.js';

type Community = Extract<NonNullable<FeedQuery['node']>, { feed: unknown }>;
export type Edge = Community['feed']['edges'][number];
export type Item = Edge['node'];

export class CommunityFeed {
  /** The newest entry that was read, from which reading goes on. */
  #newest: string | null = null;
  #seen = new Set<string>();

  constructor(
    readonly passerelle: Passerelle,
    readonly community: string,
  ) {}

  /** Everything there is, the newest first, so many entries a page. */
  async *pages(size: number): AsyncGenerator<Item[]> {
    for (let after: string | null = null; ; ) {
      const feed: Community['feed'] = await this.#page({ first: size, after });
      this.#newest ??= feed.pageInfo.startCursor;
      yield this.#new(feed.edges);
      if (!feed.pageInfo.hasNextPage) return;
      after = feed.pageInfo.endCursor;
    }
  }

  /** What comes, the oldest first, once each. After a lost connection it goes on where it stood. */
  async *live(lost: (why: string) => void): AsyncGenerator<Item> {
    for (let waited = 100; ; waited = Math.min(2 * waited, 5_000)) {
      try {
        for await (const item of this.#connected()) {
          waited = 100;
          yield item;
        }
        lost('the server ended the subscription');
      } catch (error) {
        if (error instanceof Unanswered && !error.message.startsWith('UPDATES_MISSED')) throw error;
        lost(error instanceof Error ? error.message : 'the connection was lost');
      }
      await new Promise((resolve) => setTimeout(resolve, waited));
    }
  }

  async *#connected(): AsyncGenerator<Item> {
    let begin: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (begin = resolve));
    const live = this.passerelle.follow(Live, { community: this.community }, begin);
    const first = awaitedLater(live.next());
    await Promise.race([begun, first]);
    for await (const missed of this.#missed()) yield* missed;
    for (let item = await first; !item.done; item = await live.next()) {
      const { feedItems } = item.value;
      // Read anew rather than taken as it came: that tells the cursor from which to go on.
      if (!this.#seen.has(feedItems.id)) for await (const missed of this.#missed()) yield* missed;
    }
  }

  /** What is newer than the newest that was read, the oldest first. */
  async *#missed(): AsyncGenerator<Item[]> {
    for (let more = true; more; ) {
      const feed: Community['feed'] = await this.#page(
        this.#newest === null ? { first: 50 } : { last: 50, before: this.#newest },
      );
      this.#newest = feed.pageInfo.startCursor ?? this.#newest;
      more = feed.pageInfo.hasPreviousPage;
      yield this.#new(feed.edges).reverse();
    }
  }

  #new(edges: readonly Edge[]): Item[] {
    const fresh = edges.map((edge) => edge.node).filter(({ id }) => !this.#seen.has(id));
    fresh.forEach(({ id }) => this.#seen.add(id));
    return fresh;
  }

  async #page(slice: { first?: number; after?: string | null; last?: number; before?: string }) {
    const { node } = await this.passerelle.ask(Feed, { community: this.community, ...slice });
    if (!node || !('feed' in node)) throw new Error('there is no such community for this caller');
    return node.feed;
  }
}
