/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** Who something is for: one community, or members one by one. */
export type AudienceInput =
  {   /** Whoever may read this community. */
  community: string | number; members?: never; }
  |  { community?: never;   /** These members, at most 500. */
  members: Array<string | number>; };

/** What a post is. */
export type PostKind =
  /** Something everybody concerned should acknowledge. */
  | 'ANNOUNCEMENT'
  /** A question, to which one answer can be accepted. */
  | 'QUESTION'
  /** News, a thought, a message. */
  | 'UPDATE';

/** What `publishPost` takes. */
export type PublishPostInput = {
  /** Where, or to whom. */
  audience: AudienceInput;
  /** The text, at most 100,000 characters. */
  body: string;
  /** Makes a repeat safe: the same id with the same input is answered as the first time. */
  commandId?: string | number | null | undefined;
  /** What it is. */
  kind?: PostKind;
  /** Whether it stays at the head of its community; for moderators and the leader. */
  pinned?: boolean;
  /** The language it is written in, whom it mentions, what it is about. */
  words?: WordsInput;
};

/** What an author may say about a text. */
export type WordsInput = {
  /** The BCP 47 tag of the language it is written in, such as `fr` or `pt-BR`. */
  language?: string | null | undefined;
  /** The members it mentions, at most 100. */
  mentions?: Array<string | number>;
  /** The topics it is about, at most 20, each a word of letters, digits, hyphens and underscores. */
  topics?: Array<string>;
};

export type StartQueryVariables = Exact<{ [key: string]: never; }>;


export type StartQuery = { organisation: { id: string, name: string | null } | null, viewer: { id: string, name: string | null } | null, communities: { nodes: Array<{ id: string, name: string | null }> } };

export type SignInMutationVariables = Exact<{
  organisation: string | number;
  commandId: string | number;
}>;


export type SignInMutation = { signIn: { userErrors: Array<{ code: string, message: string, field: Array<string> | null }> } };

export type RefusalFragment = { code: string, message: string, field: Array<string> | null };

export type FeedQueryVariables = Exact<{
  community: string | number;
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
}>;


export type FeedQuery = { node:
    | { feed: { edges: Array<{ cursor: string, node:
            | { __typename: 'Document', id: string, name: string | null, author: { name: string | null } | null }
            | { __typename: 'Post', id: string, body: string | null, author: { name: string | null } | null }
           }>, pageInfo: { hasNextPage: boolean, hasPreviousPage: boolean, startCursor: string | null, endCursor: string | null } } }
    | Record<PropertyKey, never>
   | null };

type Item_Document_Fragment = { __typename: 'Document', id: string, name: string | null, author: { name: string | null } | null };

type Item_Post_Fragment = { __typename: 'Post', id: string, body: string | null, author: { name: string | null } | null };

export type ItemFragment =
  | Item_Document_Fragment
  | Item_Post_Fragment
;

export type PublishMutationVariables = Exact<{
  input: PublishPostInput;
}>;


export type PublishMutation = { publishPost: { position: string | null, post: { id: string } | null, userErrors: Array<{ code: string, message: string, field: Array<string> | null }> } };

export type LiveSubscriptionVariables = Exact<{
  community: string | number;
}>;


export type LiveSubscription = { feedItems:
    | { __typename: 'Document', id: string, name: string | null, author: { name: string | null } | null }
    | { __typename: 'Post', id: string, body: string | null, author: { name: string | null } | null }
   };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const RefusalFragmentDoc = new TypedDocumentString(`
    fragment Refusal on UserError {
  code
  message
  field
}
    `, {"fragmentName":"Refusal"}) as unknown as TypedDocumentString<RefusalFragment, unknown>;
export const ItemFragmentDoc = new TypedDocumentString(`
    fragment Item on FeedItem {
  __typename
  ... on Post {
    id
    body
    author {
      name
    }
  }
  ... on Document {
    id
    name
    author {
      name
    }
  }
}
    `, {"fragmentName":"Item"}) as unknown as TypedDocumentString<ItemFragment, unknown>;
export const StartDocument = new TypedDocumentString(`
    query Start {
  organisation {
    id
    name
  }
  viewer {
    id
    name
  }
  communities(first: 100) {
    nodes {
      id
      name
    }
  }
}
    `) as unknown as TypedDocumentString<StartQuery, StartQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($organisation: ID!, $commandId: ID!) {
  signIn(input: {organisation: $organisation, commandId: $commandId}) {
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const FeedDocument = new TypedDocumentString(`
    query Feed($community: ID!, $first: Int, $after: String, $last: Int, $before: String) {
  node(id: $community) {
    ... on Community {
      feed(first: $first, after: $after, last: $last, before: $before) {
        edges {
          cursor
          node {
            ...Item
          }
        }
        pageInfo {
          hasNextPage
          hasPreviousPage
          startCursor
          endCursor
        }
      }
    }
  }
}
    fragment Item on FeedItem {
  __typename
  ... on Post {
    id
    body
    author {
      name
    }
  }
  ... on Document {
    id
    name
    author {
      name
    }
  }
}`) as unknown as TypedDocumentString<FeedQuery, FeedQueryVariables>;
export const PublishDocument = new TypedDocumentString(`
    mutation Publish($input: PublishPostInput!) {
  publishPost(input: $input) {
    position
    post {
      id
    }
    userErrors {
      ...Refusal
    }
  }
}
    fragment Refusal on UserError {
  code
  message
  field
}`) as unknown as TypedDocumentString<PublishMutation, PublishMutationVariables>;
export const LiveDocument = new TypedDocumentString(`
    subscription Live($community: ID!) {
  feedItems(community: $community) {
    ...Item
  }
}
    fragment Item on FeedItem {
  __typename
  ... on Post {
    id
    body
    author {
      name
    }
  }
  ... on Document {
    id
    name
    author {
      name
    }
  }
}`) as unknown as TypedDocumentString<LiveSubscription, LiveSubscriptionVariables>;