// What the world's tools say of the schema: node schema.js SCHEMA RELEASED. Prints one JSON line a check.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import plugin from '@graphql-eslint/eslint-plugin';
import { Linter } from 'eslint';
import { buildSchema, findBreakingChanges, findDangerousChanges } from 'graphql';
import { run } from './checks.js';

const [path, releasedPath] = process.argv.slice(2);
const here = dirname(fileURLToPath(import.meta.url));
const sdl = readFileSync(path, 'utf8');

/** The rules of graphql-eslint for schemas and for Relay, with descriptions asked for everywhere. */
const rules = {
  ...plugin.configs['flat/schema-recommended'].rules,
  ...plugin.configs['flat/schema-relay'].rules,
  // A list may be read forwards alone: the journal has no way back.
  '@graphql-eslint/relay-arguments': ['error', { includeBoth: false }],
  '@graphql-eslint/require-description': [
    'error',
    {
      types: true,
      rootField: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      EnumValueDefinition: true,
      DirectiveDefinition: true,
    },
  ],
  '@graphql-eslint/no-scalar-result-type-on-mutation': 'error',
  '@graphql-eslint/require-nullable-fields-with-oneof': 'error',
  // Lists that cannot grow without end are plain lists, and connections have `nodes` for who needs no cursor; a
  // membership is found by its two ends and has no id of its own.
  '@graphql-eslint/relay-edge-types': ['error', { withEdgeSuffix: true, listTypeCanWrapOnlyEdgeType: false, shouldImplementNode: false }],
  // Payloads, pages and figures are nothing that could be asked for again.
  '@graphql-eslint/strict-id-in-types': 'off',
};

/** The directives of GraphQL itself are described by its specification, and `reporter` is no `report` with a prefix. */
function concernsUs({ message }) {
  const [, field, type] = message.match(/^Field "(\w+)" starts with the name of the parent type "(\w+)"/) ?? [];
  const isAnotherWord = field !== undefined && /^[a-z]/.test(field.slice(type.length));
  return !isAnotherWord && !/in directive "(include|skip|specifiedBy)"/.test(message);
}

function complaints(text) {
  const parserOptions = { graphQLConfig: { schema: [path] } };
  const config = {
    files: ['**/*.graphql'],
    plugins: { '@graphql-eslint': plugin },
    languageOptions: { parser: plugin.parser, parserOptions },
    rules,
  };
  const found = new Linter({ configType: 'flat' }).verify(text, [config], { filename: 'schema.graphql' });
  return found.filter(concernsUs).map(({ line, ruleId, message }) => `${line} ${ruleId}: ${message}`);
}

/** What the Relay compiler says of a component with such a document: its exit code and its words. */
function compiled(documents) {
  const folder = mkdtempSync(join(tmpdir(), 'passerelle-relay-'));
  try {
    const texts = documents.map((text, n) => `export const d${n} = graphql\`${text}\`;`);
    writeFileSync(join(folder, 'component.js'), `import { graphql } from 'relay-runtime';\n${texts.join('\n')}\n`);
    writeFileSync(join(folder, 'schema.graphql'), sdl);
    writeFileSync(join(folder, 'package.json'), '{}');
    const config = { src: '.', schema: 'schema.graphql', language: 'javascript', eagerEsModules: true };
    writeFileSync(join(folder, 'relay.config.json'), JSON.stringify(config));
    const relay = join(dirname(createRequire(join(here, 'x.js')).resolve('relay-compiler/package.json')), 'cli.js');
    const { status, stdout, stderr } = spawnSync(process.execPath, [relay, 'relay.config.json'], { cwd: folder, encoding: 'utf8' });
    return { status, said: `${stdout}\n${stderr}` };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** As a component of Relay would ask: connections that are read on, fragments that are read again. */
const DOCUMENTS = [
  `fragment component_feed on Community @refetchable(queryName: "componentFeedQuery")
    @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    feed(first: $count, after: $cursor) @connection(key: "component__feed") {
      edges { node { __typename ... on Post { id body ...component_thread @alias } ... on Document { id name } } }
    }
  }`,
  `fragment component_thread on Post @refetchable(queryName: "componentThreadQuery")
    @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    comments(first: $count, after: $cursor) @connection(key: "component__comments") { edges { node { id body } } }
  }`,
  `fragment component_backwards on Campaign @refetchable(queryName: "componentBackwardsQuery")
    @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, cursor: { type: "String" }) {
    ideas(last: $count, before: $cursor) @connection(key: "component__ideas") { edges { node { id title } } }
  }`,
  `query componentQuery($id: ID!) { node(id: $id) { id ...component_feed @alias ...component_backwards @alias } }`,
  `query componentSearchQuery($query: String!, $count: Int!, $cursor: String) {
    search(query: $query, first: $count, after: $cursor) @connection(key: "component__search") {
      edges { excerpts { of pieces { text found } } node { __typename ... on Node { id } } }
    }
  }`,
  `mutation componentMutation($input: PublishPostInput!) {
    publishPost(input: $input) { post { id body } userErrors { code message } }
  }`,
  `subscription componentSubscription($id: ID!) { feedItems(community: $id) { ... on Post { id body } } }`,
];

const broken = sdl.replace('type Query {', 'type Query {\n\tBad_name: [Int]').replace(/(type PageInfo \{)/, 'type Lonely { x: Int }\n$1');

const checks = {
  async 'graphql-eslint has nothing to say of the schema'() {
    assert.notDeepEqual(complaints(broken), [], 'it finds what is wrong');
    const said = complaints(sdl);
    assert.equal(said.length, 0, `${said.length}:\n${said.slice(0, 20).join('\n')}`);
  },
  async 'the Relay compiler takes connections, refetchable fragments, mutations and subscriptions'() {
    const wrong = compiled(['query componentQuery { viewer { nothing } }']);
    assert.notEqual(wrong.status, 0, 'it finds what is wrong');
    const { status, said } = compiled(DOCUMENTS);
    assert.equal(status, 0, said);
  },
  async 'nothing that was released is broken'() {
    const now = buildSchema(sdl);
    const more = buildSchema(sdl.replace('type PageInfo {', 'type PageInfo {\n\tlater: Int'));
    assert.notDeepEqual(findBreakingChanges(more, now), [], 'it finds what is broken');
    const released = buildSchema(readFileSync(releasedPath, 'utf8'));
    const said = findBreakingChanges(released, now).map(({ type, description }) => `${type}: ${description}`);
    assert.deepEqual(said, [], 'keep it and deprecate it, or release a new major version');
    const dangerous = findDangerousChanges(released, now).filter(({ type }) => type === 'ARG_DEFAULT_VALUE_CHANGE');
    assert.deepEqual(dangerous, [], 'a default is a promise too');
  },
};

await run(checks);
