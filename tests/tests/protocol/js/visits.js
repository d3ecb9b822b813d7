// Visits to a page in a real browser, in each language and at each width: one JSON line a visit.
import { chromium } from 'playwright-core';

/** Has `visit(browser, locale, width)` tried for each locale at each width, and prints how each went. */
export async function visits(executablePath, locales, widths, visit) {
  const browser = await chromium.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-sync'],
  });
  for (const locale of locales) {
    for (const width of widths) {
      const name = `${locale} at ${width} px`;
      try {
        await visit(browser, locale, width);
        console.log(JSON.stringify({ name, status: 'ok' }));
      } catch (error) {
        console.log(JSON.stringify({ name, status: 'failed', reason: String(error) }));
      }
    }
  }
  await browser.close();
}

/** What goes wrong on a page from now on: errors of its scripts, and on its console those of no status expected. */
export function wrongOn(page, expected) {
  const wrong = [];
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) wrong.push(message.text());
  });
  page.on('pageerror', (error) => wrong.push(String(error)));
  return wrong;
}

/** Adds to what is wrong each request of a page that leaves an origin. */
export function stays(page, origin, wrong) {
  page.on('request', (request) => {
    const { protocol, origin: to } = new URL(request.url());
    if (to !== origin && protocol !== 'data:' && protocol !== 'blob:') wrong.push(`asked ${request.url()}`);
  });
}
