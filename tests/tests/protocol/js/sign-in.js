// Signs in as a person does, in a real browser: node sign-in.js URL CHROMIUM LINK… with a link for each of both languages
// at two widths, in the environment variable PICTURES a folder for pictures. A link opens a session once; GraphiQL then
// asks without a token, also over its socket; a signed out browser asks nothing. Prints one JSON line a check.
import { visits, wrongOn } from './visits.js';

const [url, executablePath, ...links] = process.argv.slice(2);
const origin = new URL(url).origin;
const pictures = process.env.PICTURES;
const said = {
  'en-GB': { signIn: 'Sign in', signedIn: 'Signed in', out: 'Sign out', used: /was used or has ended/, nobody: /Sign in with a link/ },
  'fr-FR': { signIn: 'Se connecter', signedIn: 'Connecté', out: 'Se déconnecter', used: /a servi ou a expiré/, nobody: /Connectez-vous par un lien/ },
};

await visits(executablePath, Object.keys(said), [1440, 390], (browser, locale, width) => visit(browser, locale, width, links.shift()));

async function visit(browser, locale, width, link) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const page = await context.newPage();
  // That nobody is answered with 401, and a used link with 403, is what they are tried for.
  const wrong = wrongOn(page, /40[13]/);
  const words = said[locale];
  const picture = (name) => pictures && page.screenshot({ path: `${pictures}/${name}-${locale}-${width}.png` });
  await page.goto(origin + link);
  await page.getByRole('button', { name: words.signIn, exact: true }).waitFor();
  if (page.url().includes('#')) wrong.push('the secret stays in the address');
  await picture('sign-in');
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.waitForURL(`${origin}/`);
  await page.goto(`${origin}/graphiql`);
  await page.getByText(words.signedIn, { exact: true }).waitFor();
  const [cookie] = await context.cookies();
  if (!cookie.httpOnly || cookie.sameSite !== 'Strict') wrong.push(`the cookie is ${JSON.stringify(cookie)}`);
  await ask(page, '{ viewer { name', 'Bo');
  await ask(page, 'subscription { feedItems(community: "none") { __typename', 'NOT_FOUND');
  await picture('session');
  await page.getByRole('button', { name: words.out, exact: true }).click();
  await page.getByText(words.nobody).first().waitFor();
  await page.goto(origin + link);
  await page.getByRole('button', { name: words.signIn, exact: true }).click();
  await page.getByText(words.used).waitFor();
  await picture('used');
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (beyond > 0) wrong.push(`the page is ${beyond} px wider than its window`);
  await context.close();
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}

async function ask(page, document, expected) {
  await page.locator('.graphiql-query-editor .view-lines').first().click();
  await page.keyboard.press('Control+A');
  // The editor closes what is opened, and reads a moment later what kind of operation it holds.
  await page.keyboard.insertText(document);
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+Enter');
  await page.locator('.result-window').getByText(expected).first().waitFor();
}
