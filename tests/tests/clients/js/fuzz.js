// Random valid operations against a server: node fuzz.js URL TOKEN SCHEMA SEED COUNT. Each answer has the shape that
// graphql-js gives the same operation upon the same data. Prints a JSON line for each fault and one in the end.
import { readFileSync } from 'node:fs';
import { buildSchema, execute, parse, validate } from 'graphql';
import { Documents, Draw } from './documents.js';

const [url, token, path, seed, count] = process.argv.slice(2);
const schema = buildSchema(readFileSync(path, 'utf8'));
const draw = new Draw(Number(seed));
const ids = [];
const documents = new Documents(schema, draw, ids);
/** What a document that is too large, or names what cannot be, is told instead of an answer. */
const REFUSED = ['QUERY_TOO_COMPLEX'];
/** Milliseconds that one answer may take, on a slow machine and without optimisation. */
const LONGEST = 10_000;

async function ask(body) {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      accept: 'application/graphql-response+json',
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(2 * LONGEST),
  });
  return { status: response.status, answer: await response.json(), took: performance.now() - started };
}

/** Ids that were answered are asked for from then on. */
function learn(value) {
  if (typeof value === 'string' && value.length === 28 && ids.length < 2_000 && !ids.includes(value)) ids.push(value);
  else if (value && typeof value === 'object') Object.values(value).forEach(learn);
}

/** What graphql-js makes of the operation when the answer's own data is all there is. */
function expected(document, variableValues, data) {
  const missing = [];
  const result = execute({
    schema,
    document,
    variableValues,
    rootValue: data,
    fieldResolver: (source, _args, _context, { path, fieldName }) => {
      if (fieldName === '__typename') return source.__typename;
      if (!(path.key in source)) missing.push(way(path));
      return source[path.key];
    },
    typeResolver: (value) => value.__typename,
  });
  return { missing, result };
}

const way = (path) => (path ? [...way(path.prev), path.key] : []);

/** Whether there is a null on the way to where an error is said to be. */
function leadsToNull(data, path) {
  let at = data;
  for (const key of path) {
    if (at === null || at === undefined) return true;
    at = at[key];
  }
  return at === null || at === undefined;
}

function faults(body, document, { status, answer, took }) {
  const found = [];
  const { data, errors = [] } = answer;
  if (status >= 500) found.push(`status ${status}`);
  if (took > LONGEST) found.push(`${Math.round(took)} ms`);
  for (const { extensions, message } of errors) {
    if (!extensions?.code) found.push(`an error without a code: ${message}`);
    if (extensions?.code === 'INTERNAL_SERVER_ERROR') found.push(`masked: ${extensions.errorId}`);
  }
  if (!('data' in answer)) {
    const codes = errors.map(({ extensions }) => extensions?.code);
    if (!codes.length || !codes.every((code) => REFUSED.includes(code))) found.push(`no data: ${JSON.stringify(errors)}`);
    return found;
  }
  if (data === null) {
    if (!errors.length) found.push('null without an error');
    return found;
  }
  const { missing, result } = expected(document, body.variables, data);
  if (missing.length) found.push(`missing: ${missing.slice(0, 5).map((at) => at.join('.')).join(', ')}`);
  for (const { message, path: at } of result.errors ?? []) found.push(`${at?.join('.')}: ${message}`);
  if (!found.length && JSON.stringify(result.data) !== JSON.stringify(data)) found.push('other fields, or in another order');
  for (const { path: at, message } of errors) {
    if (!at) found.push(`an error without a path: ${message}`);
    else if (!leadsToNull(data, at) && typeof at.at(-1) !== 'number') found.push(`no null at ${at.join('.')}: ${message}`);
  }
  return found;
}

const told = { asked: 0, answered: 0, refused: 0, erring: 0, slowest: 0 };
const START = `{ organisation { id departments { id } } members(first: 30) { nodes { id } }
  communities(first: 20) { nodes { id feed(first: 5) { nodes { ... on Node { id } } } } }
  campaigns(first: 5) { nodes { id ideas(first: 5) { nodes { id } } } } }`;
learn((await ask({ query: START })).answer);

async function one() {
  const body = documents.operation();
  const document = parse(body.query);
  const invalid = validate(schema, document);
  let found = invalid.map(({ message }) => `not a valid operation: ${message}`);
  told.asked += 1;
  if (!found.length) {
    const answered = await ask(body).catch((error) => ({ status: 599, answer: {}, took: 0, error: String(error) }));
    found = answered.error ? [answered.error] : faults(body, document, answered);
    told[answered.answer.data ? 'answered' : 'refused'] += 1;
    if (answered.answer.errors?.length && answered.answer.data) told.erring += 1;
    told.slowest = Math.max(told.slowest, Math.round(answered.took));
    learn(answered.answer.data);
  }
  if (found.length) console.log(JSON.stringify({ name: found.join('; '), status: 'error', ...body }));
}

// One after the other: the operations that come depend on the ids that were answered, and nothing else.
while (told.asked < Number(count)) await one();
console.log(JSON.stringify({ name: 'operations', status: told.answered > 0.7 * told.asked ? 'ok' : 'error', ...told }));
process.exit(0);
