// Uses the GraphiQL page as a person does, in a real browser: node page.js URL TOKEN CHROMIUM [FOLDER]. In both
// languages and at two widths: a wrong token is refused, the right one accepted, a query answered, with no error on
// the console and no request to anywhere else. Prints one JSON line a check; keeps pictures in FOLDER if it is given.
import { stays, visits, wrongOn } from './visits.js';

const [url, token, executablePath, pictures] = process.argv.slice(2);
const origin = new URL(url).origin;
const said = {
  'en-GB': { refused: 'The server does not accept this token.', accepted: 'Token accepted', use: 'Use' },
  'fr-FR': { refused: 'Le serveur n’accepte pas ce jeton.', accepted: 'Jeton accepté', use: 'Utiliser' },
};

await visits(executablePath, Object.keys(said), [1440, 390], visit);

async function visit(browser, locale, width) {
  const context = await browser.newContext({ locale, viewport: { width, height: 900 } });
  const page = await context.newPage();
  // That a wrong token is answered with 401 is what it is sent for.
  const wrong = wrongOn(page, /401/);
  stays(page, origin, wrong);
  const words = said[locale];
  await page.goto(`${origin}/graphiql`);
  for (const [entered, expected] of [['wrong', words.refused], [token, words.accepted]]) {
    await page.locator('.token-bar input').fill(entered);
    await page.getByRole('button', { name: words.use, exact: true }).click();
    await page.getByText(expected).waitFor();
  }
  await page.locator('.graphiql-query-editor .view-lines').first().click();
  await page.keyboard.press('Control+A');
  // The editor closes what is opened.
  await page.keyboard.insertText('{ organisation { name');
  await page.keyboard.press('Control+Enter');
  await page.locator('.result-window').getByText('Atelier').waitFor();
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (beyond > 0) wrong.push(`the page is ${beyond} px wider than its window`);
  if (pictures) await page.screenshot({ path: `${pictures}/graphiql-${locale}-${width}.png` });
  await context.close();
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}
