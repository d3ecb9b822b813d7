// Uses the overview as a consultant does, in a real browser: node overview.js URL CHROMIUM LINK… with a link to sign in
// for each of both languages at three widths, in the environment variable PICTURES a folder for pictures. Prints one JSON
// line a check.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { stays, visits, wrongOn } from './visits.js';

const [url, executablePath, ...links] = process.argv.slice(2);
const origin = new URL(url).origin;
const pictures = process.env.PICTURES;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** In bytes, as they came: the page, its scripts and its styles. */
const AT_MOST = 250_000;
/** Brotli is for browsers that come by HTTPS, or from here. */
const ENCODINGS = ['br', 'gzip'];
const PANELS = 10;
/** What a panel's file must hold, row for row, of what GraphQL answered: of shares, where they begin in a row. */
const FILES = [
  { panel: 'headline', query: 'Headline', at: 1, shares: ({ figures }) => ['accessCoverage', 'activation', 'active', 'habit', 'answeredWithin', 'crossDepartmentShare'].map((name) => figures[name]) },
  { panel: 'active-sets', query: 'ActiveSets', at: 4, shares: ({ figures }) => figures.activeSets.flatMap(({ consumed, participated, contributed }) => [consumed, participated, contributed]) },
  { panel: 'onboarding', query: 'Onboarding', at: 1, shares: ({ figures }) => figures.onboarding.map(({ share }) => share) },
  { panel: 'frequency', query: 'Frequency', at: 1, shares: ({ figures }) => figures.activityFrequency.map(({ share }) => share) },
  { panel: 'lagging', query: 'Departments', at: 2, shares: ({ figures }) => figures.departments.map(({ active }) => active).sort((one, other) => middle(one) - middle(other)) },
  { panel: 'cohorts', query: 'Cohorts', at: 5, shares: ({ figures }) => figures.cohorts.filter(({ periods: [first] }) => first && first.retained.suppressed !== 'TOO_LITTLE_DATA').flatMap(({ periods }) => periods.map(({ retained }) => retained)) },
];

const middle = ({ value, band }) => value ?? (band ? (band.lower + band.upper) / 2 : Infinity);
const said = {
  'en-GB': { signIn: 'Sign in', whole: 'Whole organisation', compare: 'Compare with the one before', asOf: 'As of', department: 'Department', before: 'The window before', table: /^Table: / },
  'fr-FR': { signIn: 'Se connecter', whole: 'Toute l’organisation', compare: 'Comparer à la précédente', asOf: 'À la date du', department: 'Service', before: 'La fenêtre précédente', table: /^Tableau\u00a0: / },
};

await visits(executablePath, Object.keys(said), [1440, 1024, 390], (browser, locale, width) => visit(browser, locale, width, links.shift()));

async function visit(browser, locale, width, link) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 }, acceptDownloads: true });
  const page = await context.newPage();
  // That nobody is answered with 401 is what the first visit is for; on 503, see `computed`.
  const wrong = wrongOn(page, /401|503/);
  stays(page, origin, wrong);
  const words = said[locale];
  await signInAndComeBack(page, words, link);
  await weigh(page, context);
  await looksRight(page, words, locale, width);
  await compares(page, words);
  await filters(page, words);
  await opensAsOfAnEarlierDay(page, words);
  await followsAFigure(page);
  await exportsWhatGraphqlAnswers(page);
  await keepsWhatIsShownApart(page, words);
  await context.close();
  assert.deepEqual(wrong, []);
}

async function allAnswered(page) {
  await page.waitForFunction((panels) => document.querySelectorAll('.panel[aria-busy=false]').length === panels, PANELS, { timeout: 180_000 });
}

/** Waits until no panel waits, and makes sure that none failed. */
async function settled(page) {
  await allAnswered(page);
  assert.equal(await page.locator('.failed').count(), 0, 'no panel failed');
}

async function signInAndComeBack(page, words, link) {
  await page.goto(`${origin}/?compare=no`);
  await page.waitForURL(`${origin}/sign-in`);
  // The same page with something behind `#` would not be loaded anew.
  await page.goto('about:blank');
  await page.goto(origin + link);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL(`${origin}/?compare=no`);
  await computed(page);
}

/** Figures are computed when they are asked for first; without optimisation that may take longer than a request may. */
async function computed(page) {
  const failed = page.locator('.failed button');
  for (let tries = 0; tries < 5; tries += 1) {
    await allAnswered(page);
    if ((await failed.count()) === 0) return;
    for (const again of await failed.all()) await again.click();
  }
  await settled(page);
}

async function weigh(page, context) {
  const network = await context.newCDPSession(page);
  await network.send('Network.enable');
  await network.send('Network.setCacheDisabled', { cacheDisabled: true });
  let weight;
  const own = new Set();
  network.on('Network.responseReceived', ({ requestId, type }) => void (['Document', 'Script', 'Stylesheet', 'Image'].includes(type) && own.add(requestId)));
  network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => void (own.has(requestId) && (weight += encodedDataLength)));
  for (const encoding of ENCODINGS) {
    weight = 0;
    await network.send('Network.setExtraHTTPHeaders', { headers: { 'accept-encoding': encoding } });
    await page.reload();
    await settled(page);
    assert.ok(weight > 100_000 && weight < AT_MOST, `the page weighs ${weight} bytes with ${encoding}`);
  }
  await network.detach();
}

async function looksRight(page, words, locale, width) {
  const tables = page.getByRole('button', { name: words.table });
  for (const scheme of width === 1440 ? ['light', 'dark'] : ['light']) {
    await page.emulateMedia({ colorScheme: scheme });
    if (pictures) await page.screenshot({ path: `${pictures}/overview-${locale}-${width}-${scheme}.png`, fullPage: true });
    await accessible(page, `${scheme}, drawn`);
    for (const table of await tables.all()) await table.click();
    await accessible(page, `${scheme}, as tables`);
    for (const table of await tables.all()) await table.click();
  }
  await page.emulateMedia({ colorScheme: 'light' });
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(beyond <= 0, `the page is ${beyond} px wider than its window`);
}

async function accessible(page, where) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`);
  assert.deepEqual(found, [], where);
}

async function compares(page, words) {
  assert.equal(await page.locator('.moved').count(), 0);
  await page.getByLabel(words.compare).check();
  await page.waitForURL(`${origin}/`);
  await computed(page);
  assert.ok((await page.locator('.moved').count()) > 0, 'it says how figures moved');
}

async function filters(page, words) {
  const heading = page.getByRole('heading', { level: 1 });
  const choice = page.getByLabel(words.department, { exact: true });
  const [, option] = await choice.locator('option').all();
  const department = (await option.textContent()).trim();
  await choice.selectOption({ index: 1 });
  await heading.filter({ hasText: department }).waitFor();
  assert.match(page.url(), /department=/);
  await computed(page);
  await page.goBack();
  await heading.filter({ hasText: words.whole }).waitFor();
  await page.goForward();
  await heading.filter({ hasText: department }).waitFor();
  await page.goBack();
  await settled(page);
}

async function opensAsOfAnEarlierDay(page, words) {
  const day = page.getByLabel(words.asOf);
  const before = new Date(Date.parse(await day.inputValue()) - 35 * 86_400_000).toISOString().slice(0, 10);
  const asked = page.waitForRequest((request) => request.postData()?.includes('query Headline'));
  await day.fill(before);
  assert.equal((await asked).postDataJSON().variables.asOf, before);
  await page.waitForURL(`${origin}/?as-of=${before}`);
  await computed(page);
  await page.reload();
  await settled(page);
  assert.equal(await day.inputValue(), before, 'a link opens the same view');
  await page.goto(`${origin}/`);
  await settled(page);
}

async function followsAFigure(page) {
  const card = page.locator('.card').first();
  const answered = page.waitForResponse((response) => response.request().postData()?.includes('query Evidence') ?? false);
  await card.press('Enter');
  const { data } = await (await answered).json();
  const dialog = page.getByRole('dialog');
  const { receipt } = data.figures.accessCoverage;
  assert.ok(receipt, 'the first figure has a receipt');
  assert.equal(await dialog.locator('pre').textContent(), receipt.text);
  await accessible(page, 'the receipt');
  assert.ok(await dialog.evaluate((element) => element.contains(document.activeElement)), 'the dialog has the focus');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.ok(await card.evaluate((element) => element === document.activeElement), 'the focus is back');
}

async function exportsWhatGraphqlAnswers(page) {
  const answers = FILES.map(({ query }) => page.waitForResponse((response) => response.request().postData()?.includes(`query ${query}(`) ?? false));
  await page.reload();
  const answered = await Promise.all(answers);
  await settled(page);
  for (const [at, file] of FILES.entries()) {
    const { data } = await answered[at].json();
    const { variables } = answered[at].request().postDataJSON();
    const { name, rows } = await fileOf(page, file.panel);
    assert.match(name, new RegExp(`^passerelle_${file.panel}_[a-z0-9-]+_${variables.window.on}_\\d{4}-\\d\\d-\\d\\d\\.csv$`));
    const shares = file.shares(data);
    assert.equal(rows.length, shares.length, file.panel);
    shares.forEach((share, row) => saysTheSame(share, rows[row], file.at, `${file.panel}, row ${row}`));
    assert.ok(rows.every((row) => row.includes(variables.window.on) && row.at(-1) === data.figures.cut.day), `${file.panel} says of when it is`);
  }
}

/** Whether a row holds a share as it was answered: its numbers plain, and by which definition. */
function saysTheSame({ value, numerator, denominator, interval, band, suppressed, definition }, row, at, where) {
  const [shown, ...told] = row.slice(at, at + 7);
  // A number that is not shown is said to lie between two, or why it is not.
  if (suppressed) assert.ok(shown.length > 0, `${where} is not left empty`);
  else assert.equal(shown, String(value ?? ''), where);
  const answer = [numerator, denominator, interval?.lower, interval?.upper, band?.lower, band?.upper];
  assert.deepEqual(told, answer.map((number) => String(number ?? '')), where);
  assert.ok(row.includes(definition.id), `${where} says its definition`);
}

/** The name of a panel's file, and its rows below the first. */
async function fileOf(page, panel) {
  const coming = page.waitForEvent('download');
  await page.locator(`.panel.${panel} .tools`).getByRole('button', { name: /^CSV/ }).click();
  const download = await coming;
  const text = readFileSync(await download.path(), 'utf8');
  assert.ok(text.startsWith('\ufeff'), 'it begins with the mark of UTF-8');
  const rows = text.slice(1).trimEnd().split('\r\n').map((row) => row.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
  assert.ok(rows.every(({ length }) => length === rows[0].length), 'each row has all columns');
  return { name: download.suggestedFilename(), rows: rows.slice(1) };
}

/** While another window is asked for, what is shown, and what is taken along of it, is of the last. */
async function keepsWhatIsShownApart(page, words) {
  const { name: before } = await fileOf(page, 'headline');
  let answer;
  const held = new Promise((done) => void (answer = done));
  await page.route('**/graphql', async (route) => {
    if (route.request().postData()?.includes('query Headline(')) await held;
    await route.continue();
  });
  await page.getByRole('button', { name: words.before, exact: true }).click();
  const panel = page.locator('.panel.headline[aria-busy=true]');
  await panel.waitFor();
  assert.ok(await panel.locator('.content').evaluate((content) => content.inert), 'what is shown cannot be pressed');
  assert.equal((await fileOf(page, 'headline')).name, before);
  answer();
  await computed(page);
  await page.unroute('**/graphql');
  assert.notEqual((await fileOf(page, 'headline')).name, before);
  await page.goBack();
  await settled(page);
}
