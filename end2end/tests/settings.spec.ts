import { type Page } from '@playwright/test';
import { password, Session } from './api';
import { expect, heading, hydrated, signIn, test as base, visit } from './fixtures';
import { expectFault, fill, toast } from './form';
import { startServer } from './server';

const OFFICE = '10.1.3.7';
const ELSEWHERE = '203.0.113.9';
const refusal = 'Your organization policies restrict you from accessing Tenantry from your current IP.';

// What is set here holds for everybody, so these tests have a server of their own.
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await startServer({ settings: { TENANTRY_TRUSTED_PROXIES: '127.0.0.1' } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.use({ extraHTTPHeaders: { 'X-Forwarded-For': OFFICE } });

const restrict = (page: Page) => page.getByRole('switch', { name: 'Only from the addresses below' });
const list = (page: Page) => page.getByLabel('Allowed addresses');
const save = (page: Page) => page.getByRole('button', { name: 'Save' }).click();

test('a restriction refuses whoever comes from elsewhere, and never the one who saves it', async ({ page, browser, server }) => {
  const away = await (await browser.newContext({ extraHTTPHeaders: { 'X-Forwarded-For': ELSEWHERE } })).newPage();
  await visit(away, '/clients');

  await visit(page, '/settings');
  await expect(page.getByText(`Your address now: ${OFFICE}`)).toBeVisible();
  await restrict(page).check();
  await save(page);
  await expectFault(list(page), 'Enter at least one address, or switch the restriction off.');
  await list(page).fill('10.1.3.[8-50]\nnonsense');
  await save(page);
  await expectFault(list(page), '“nonsense” isn’t a valid IP address or range');
  await list(page).fill('10.1.3.[8-50]\n10.2.0.0/16');
  await expect(page.getByText('This list would lock you out'), 'told while typing').toBeVisible();
  await save(page);
  await expectFault(list(page), `This list would lock you out: it lacks the address that you come from, ${OFFICE}.`);
  await list(page).fill('10.1.3.[0-50]\n10.2.0.0/16');
  await save(page);
  await expect(toast(page, 'The settings were saved.')).toBeVisible();
  await page.reload();
  await expect(restrict(page)).toBeChecked();
  await expect(list(page)).toHaveValue('10.1.3.[0-50]\n10.2.0.0/16');

  await away.getByRole('columnheader', { name: 'Created' }).getByRole('link').click();
  await expect(away.getByText(refusal), 'every request is checked, not the sign-in alone').toBeVisible();
  const answer = await away.goto('/clients/client_8');
  expect(answer!.status()).toBe(403);
  await expect(away.getByRole('alert')).toHaveText(refusal);
  await away.context().clearCookies();
  await away.goto('/login');
  await signIn(away, 'viewer@leoart.example', password);
  await expect(away.getByRole('alert'), 'signing in is refused too').toHaveText(refusal);

  await visit(page, '/clients');
  await expect(heading(page, 'Clients'), 'the office goes on').toBeVisible();
  await away.setExtraHTTPHeaders({ 'X-Forwarded-For': `${OFFICE}, ${ELSEWHERE}` });
  await away.goto('/login');
  await signIn(away, 'viewer@leoart.example', password);
  await expect(away.getByRole('alert'), 'what was written further left is not believed').toHaveText(refusal);
  // A client has a list of its own.
  await Session.begin(server.url, 'client8.admin@leoart.example');
  await away.context().close();

  await visit(page, '/settings');
  await restrict(page).uncheck();
  await save(page);
  await expect(toast(page, 'The settings were saved.')).toBeVisible();
});

test('a client’s list holds for the client’s users', async ({ page, browser, sessions }) => {
  const { storageState } = await sessions('clientManager');
  const own = await (await browser.newContext({ storageState, extraHTTPHeaders: { 'X-Forwarded-For': ELSEWHERE } })).newPage();
  await visit(own, '/clients/client_8/edit');
  await own.getByLabel('Restrict Access To Specific IP(s)').check();
  await fill(own, { 'Allowed IPs': '10.1.3.*' });
  const saveOwn = async () => {
    await own.getByRole('button', { name: 'Review changes' }).click();
    await own.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
  };
  await saveOwn();
  await expect(own.getByRole('alert')).toContainText('or you lock yourself out');
  await fill(own, { 'Allowed IPs': '10.1.3.*, 203.0.113.0/24' });
  await saveOwn();
  await expect(heading(own, 'LeoArt Lab')).toBeVisible();
  await own.setExtraHTTPHeaders({ 'X-Forwarded-For': '198.51.100.77' });
  await own.goto('/clients');
  await expect(own.getByRole('alert')).toHaveText(refusal);
  await visit(page, '/clients/client_8');
  await expect(heading(page, 'LeoArt Lab'), 'the partner has another list').toBeVisible();
  await own.context().close();
});

test('somebody else’s settings aren’t overwritten', async ({ page, browser }) => {
  const other = await (await browser.newContext()).newPage();
  for (const device of [page, other]) await visit(device, '/settings');
  await list(other).fill('10.0.0.0/8');
  await save(other);
  await expect(toast(other, 'The settings were saved.')).toBeVisible();
  await list(page).fill('192.0.2.1');
  await save(page);
  await expect(page.getByRole('alert')).toContainText('Somebody else changed the settings');
  await expect(list(page), 'nothing typed is lost').toHaveValue('192.0.2.1');
  await page.getByRole('button', { name: 'Load the current settings' }).click();
  await expect(list(page)).toHaveValue('10.0.0.0/8');
  await other.context().close();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads the settings and can’t change them', async ({ page }) => {
    await visit(page, '/settings');
    await hydrated(page);
    await expect(restrict(page)).toBeDisabled();
    await expect(list(page)).toBeDisabled();
    await expect(page.getByRole('button', { name: 'Save' })).toHaveAccessibleDescription(/^Your roles do not include the permission/);
  });
});
