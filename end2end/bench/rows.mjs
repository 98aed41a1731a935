// How long until 25 rows are on the screen, and until the page answers to clicks: the median of ten loads with an empty cache.
import { chromium } from 'playwright-core';

const url = process.env.TENANTRY_URL;
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args });
const times = { 'first paint': [], '25 rows': [], hydrated: [] };
for (let load = 0; load < 10; load++) {
  const context = await browser.newContext({ extraHTTPHeaders: { Cookie: process.env.TENANTRY_COOKIE } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    const seen = {};
    globalThis.seen = seen;
    const look = () => {
      if (!seen.rows && document.querySelectorAll('tbody tr').length >= 25) requestAnimationFrame(() => (seen.rows ??= performance.now()));
      if (!seen.hydrated && document.documentElement?.hasAttribute('data-hydrated')) seen.hydrated = performance.now();
    };
    new MutationObserver(look).observe(document, { childList: true, subtree: true, attributes: true });
  });
  await page.goto(`${url}/clients`);
  await page.waitForFunction(() => globalThis.seen.rows && globalThis.seen.hydrated);
  const seen = await page.evaluate(() => ({ ...globalThis.seen, paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0 }));
  times['first paint'].push(seen.paint);
  times['25 rows'].push(seen.rows);
  times.hydrated.push(seen.hydrated);
  await context.close();
}
await browser.close();
const median = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)].toFixed(0);
console.log('\nin Chromium, after the request:');
for (const [what, numbers] of Object.entries(times)) console.log(`  ${what.padEnd(12)} ${median(numbers).padStart(5)} ms`);
