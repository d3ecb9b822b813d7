// What this program asks for. The types of variables and answers in gql/ are made from these texts and the schema.
import { graphql } from './gql/gql.js';

export const Start = graphql(`
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
`);

export const SignIn = graphql(`
  mutation SignIn($organisation: ID!, $commandId: ID!) {
    signIn(input: { organisation: $organisation, commandId: $commandId }) {
      userErrors {
        ...Refusal
      }
    }
  }
  fragment Refusal on UserError {
    code
    message
    field
  }
`);

export const Feed = graphql(`
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
  }
`);

export const Publish = graphql(`
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
`);

export const Live = graphql(`
  subscription Live($community: ID!) {
    feedItems(community: $community) {
      ...Item
    }
  }
`);
