// Signs in with the identity provider as a person does, in a real browser: node identity.js URL CHROMIUM. Somebody whom
// the provider vouches for comes in, somebody whom it does not is told; a return that no browser left for opens nothing.
// Prints one JSON line a check.
import { chromium } from 'playwright-core';

const [url, executablePath] = process.argv.slice(2);
const origin = new URL(url).origin;
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
for (const check of [comesIn, isTold, leftForNothing]) {
  const context = await browser.newContext({ locale: 'en-GB' });
  try {
    await check(await context.newPage(), context);
    console.log(JSON.stringify({ name: check.name, status: 'ok' }));
  } catch (error) {
    console.log(JSON.stringify({ name: check.name, status: 'failed', reason: String(error) }));
  }
  await context.close();
}
await browser.close();

async function signIn(page, name) {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole('link', { name: 'Sign in with your organisation’s account' }).click();
  await page.locator('input[name=login]').fill(name);
  await page.locator('input[name=password]').fill('any');
  await page.locator('button[type=submit]').click();
  await page.getByRole('button', { name: 'Continue' }).click();
}

async function comesIn(page, context) {
  await signIn(page, 'ada');
  await page.waitForURL(`${origin}/`);
  const answer = await page.evaluate(async () => {
    const body = JSON.stringify({ query: '{ viewer { name } }' });
    const headers = { 'content-type': 'application/json' };
    return (await fetch('/graphql', { method: 'POST', headers, body })).json();
  });
  if (answer.data?.viewer?.name !== 'Ada') throw new Error(JSON.stringify(answer));
  const names = (await context.cookies(origin)).map((cookie) => cookie.name).filter((name) => name.startsWith('pass'));
  if (names.join() !== 'passerelle-session') throw new Error(`cookies ${names.join()}`);
}

async function isTold(page) {
  await signIn(page, 'unverified-bo');
  await page.waitForURL(`${origin}/sign-in?refused`);
  await page.getByText('does not open anything here yet').waitFor();
}

async function leftForNothing(page, context) {
  await page.goto(`${origin}/session/identity-provider/callback?code=x&state=y`);
  await page.waitForURL(`${origin}/sign-in?refused`);
  if ((await context.cookies(origin)).length > 0) throw new Error('a cookie was set');
}
