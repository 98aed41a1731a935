import { type Page } from '@playwright/test';
import { expect, rendered, test, visit } from './fixtures';
import { fact } from './form';

test.use({ timezoneId: 'Asia/Kolkata' });

const LOCAL = '24 Jul 2016, 12:57';

const inKolkata = (page: Page) => page.context().addCookies([{ name: 'time-zone', value: 'Asia/Kolkata', url: page.url() }]);

/** Opens the details of a device group that was made on 24 July 2016, 07:27 UTC. */
async function openGroup(page: Page) {
  await visit(page, '/device-groups?q=hyd-windows');
  await page.getByRole('link', { name: 'HYD-WINDOWS' }).click();
  await expect(fact(page, 'Created')).toContainText(LOCAL);
}

test('times are local, and the server already renders them so', async ({ page, browser, sessions }) => {
  await openGroup(page);
  await expect(fact(page, 'Created').locator('time'), 'UTC on hover').toHaveAttribute('title', `${LOCAL} (24 Jul 2016, 07:27 UTC)`);
  const address = page.url();

  const unscripted = await browser.newContext({ javaScriptEnabled: false, storageState: (await sessions('admin')).storageState });
  const plain = await unscripted.newPage();
  await plain.goto(address);
  await expect(fact(plain, 'Created'), 'before the browser has told its zone').toContainText('24 Jul 2016, 07:27');
  await inKolkata(plain);
  await plain.reload();
  await expect(fact(plain, 'Created')).toContainText(LOCAL);
  await unscripted.close();

  expect(await rendered(page, address), 'the browser has told its zone by a cookie').toContain(LOCAL);
  await page.reload();
  await expect(fact(page, 'Created')).toContainText(LOCAL);
});

test('a page that was rendered for another zone turns to the browser’s', async ({ page }) => {
  await page.goto('/login');
  await page.context().addCookies([{ name: 'time-zone', value: 'America/New_York', url: page.url() }]);
  await openGroup(page);
  await page.context().addCookies([{ name: 'time-zone', value: 'America/New_York', url: page.url() }]);
  await visit(page, page.url());
  await expect(fact(page, 'Created')).toContainText(LOCAL);
});

test('what has just happened is told as it is said', async ({ page, session }) => {
  await session.makeDraft();
  await visit(page, '/account');
  await expect(page.getByRole('table', { name: 'Your sessions' }).locator('time').first()).toHaveText(/^(Just now|\d+ (minute|hour)s? ago)$/);
});
