/* eslint-disable */
import * as types from './graphql.js';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "\n  query Start {\n    organisation {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n    }\n    communities(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": typeof types.StartDocument,
    "\n  mutation SignIn($organisation: ID!, $commandId: ID!) {\n    signIn(input: { organisation: $organisation, commandId: $commandId }) {\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n  fragment Refusal on UserError {\n    code\n    message\n    field\n  }\n": typeof types.SignInDocument,
    "\n  query Feed($community: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $community) {\n      ... on Community {\n        feed(first: $first, after: $after, last: $last, before: $before) {\n          edges {\n            cursor\n            node {\n              ...Item\n            }\n          }\n          pageInfo {\n            hasNextPage\n            hasPreviousPage\n            startCursor\n            endCursor\n          }\n        }\n      }\n    }\n  }\n  fragment Item on FeedItem {\n    __typename\n    ... on Post {\n      id\n      body\n      author {\n        name\n      }\n    }\n    ... on Document {\n      id\n      name\n      author {\n        name\n      }\n    }\n  }\n": typeof types.FeedDocument,
    "\n  mutation Publish($input: PublishPostInput!) {\n    publishPost(input: $input) {\n      position\n      post {\n        id\n      }\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n": typeof types.PublishDocument,
    "\n  subscription Live($community: ID!) {\n    feedItems(community: $community) {\n      ...Item\n    }\n  }\n": typeof types.LiveDocument,
};
const documents: Documents = {
    "\n  query Start {\n    organisation {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n    }\n    communities(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n": types.StartDocument,
    "\n  mutation SignIn($organisation: ID!, $commandId: ID!) {\n    signIn(input: { organisation: $organisation, commandId: $commandId }) {\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n  fragment Refusal on UserError {\n    code\n    message\n    field\n  }\n": types.SignInDocument,
    "\n  query Feed($community: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $community) {\n      ... on Community {\n        feed(first: $first, after: $after, last: $last, before: $before) {\n          edges {\n            cursor\n            node {\n              ...Item\n            }\n          }\n          pageInfo {\n            hasNextPage\n            hasPreviousPage\n            startCursor\n            endCursor\n          }\n        }\n      }\n    }\n  }\n  fragment Item on FeedItem {\n    __typename\n    ... on Post {\n      id\n      body\n      author {\n        name\n      }\n    }\n    ... on Document {\n      id\n      name\n      author {\n        name\n      }\n    }\n  }\n": types.FeedDocument,
    "\n  mutation Publish($input: PublishPostInput!) {\n    publishPost(input: $input) {\n      position\n      post {\n        id\n      }\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n": types.PublishDocument,
    "\n  subscription Live($community: ID!) {\n    feedItems(community: $community) {\n      ...Item\n    }\n  }\n": types.LiveDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Start {\n    organisation {\n      id\n      name\n    }\n    viewer {\n      id\n      name\n    }\n    communities(first: 100) {\n      nodes {\n        id\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.js').StartDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation SignIn($organisation: ID!, $commandId: ID!) {\n    signIn(input: { organisation: $organisation, commandId: $commandId }) {\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n  fragment Refusal on UserError {\n    code\n    message\n    field\n  }\n"): typeof import('./graphql.js').SignInDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  query Feed($community: ID!, $first: Int, $after: String, $last: Int, $before: String) {\n    node(id: $community) {\n      ... on Community {\n        feed(first: $first, after: $after, last: $last, before: $before) {\n          edges {\n            cursor\n            node {\n              ...Item\n            }\n          }\n          pageInfo {\n            hasNextPage\n            hasPreviousPage\n            startCursor\n            endCursor\n          }\n        }\n      }\n    }\n  }\n  fragment Item on FeedItem {\n    __typename\n    ... on Post {\n      id\n      body\n      author {\n        name\n      }\n    }\n    ... on Document {\n      id\n      name\n      author {\n        name\n      }\n    }\n  }\n"): typeof import('./graphql.js').FeedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  mutation Publish($input: PublishPostInput!) {\n    publishPost(input: $input) {\n      position\n      post {\n        id\n      }\n      userErrors {\n        ...Refusal\n      }\n    }\n  }\n"): typeof import('./graphql.js').PublishDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "\n  subscription Live($community: ID!) {\n    feedItems(community: $community) {\n      ...Item\n    }\n  }\n"): typeof import('./graphql.js').LiveDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
