import { type Page } from '@playwright/test';
import { axe, expect, heading, test, visit } from './fixtures';
import { tab } from './form';

const name = 'LeoArt Corp.';
const rows = (page: Page, table: string) => page.getByRole('table', { name: table }).locator('tbody').getByRole('row');

test('a client leads to everything of it, and each tab has an address', async ({ page }) => {
  await visit(page, '/clients/client_9');
  const count = Number(await tab(page, name, 'Devices').locator('.tab-count').textContent());
  expect(count).toBeGreaterThan(0);
  await tab(page, name, 'Devices').click();
  await expect(page).toHaveURL('/clients/client_9/devices');
  await expect(heading(page, name), 'the client stays in sight').toBeVisible();
  await expect(rows(page, 'Devices')).toHaveCount(Math.min(count, 25));
  await expect(tab(page, name, 'Devices')).toHaveAttribute('aria-current', 'page');
  for (const [label, table] of [['Users', 'Users'], ['User Groups', 'User Groups'], ['Roles', 'Roles'], ['Credential Sets', 'Credential Sets'], ['Device Groups', 'Device Groups']] as const) {
    await tab(page, name, label).click();
    const listed = page.getByRole('table', { name: table }).or(page.getByRole('heading', { name: /^No .* yet$/ }));
    await expect(listed, label).toBeVisible();
  }
  await page.goBack();
  await expect(page, 'back goes to the tab before').toHaveURL('/clients/client_9/credential-sets');
  await tab(page, name, 'Audit').click();
  await expect(page.getByRole('table', { name: 'Audit Log' }).getByRole('row').nth(1), 'a table of other columns').toBeVisible();
});

test('what is added from a tab is the client’s', async ({ page }) => {
  await visit(page, '/clients/client_9/devices');
  await page.getByRole('link', { name: 'Add device' }).click();
  await expect(heading(page, 'Add device')).toBeVisible();
  await expect(page.getByRole('group', { name: 'Client', exact: true }).getByRole('button', { name: `Remove ${name}` })).toBeVisible();
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page).toHaveURL('/clients/client_9/devices');
});

test('every list can be narrowed to one client, by its address', async ({ page }) => {
  await visit(page, '/devices');
  await page.getByText('Filter by client').click();
  await pick1(page, 'leoart corp', name);
  await expect(page).toHaveURL('/devices?client=client_9');
  await expect(page.getByRole('main').getByText('Client: LeoArt Corp.')).toBeVisible();
  const clients = page.getByRole('table', { name: 'Devices' }).locator('td[data-label=Client]');
  for (const text of await clients.allTextContents()) expect(text).toBe(name);
  await page.getByRole('link', { name: 'Servers' }).click();
  await expect(page, 'the client stays with other filters').toHaveURL(/client=client_9/);
  await page.getByRole('link', { name: 'Show all clients' }).click();
  await expect(page).not.toHaveURL(/client=/);
  for (const list of ['users', 'user-groups', 'device-groups', 'credential-sets', 'roles', 'api-keys']) {
    await page.goto(`/${list}?client=client_9`);
    await expect(page.getByRole('link', { name: 'Show all clients' }), list).toBeVisible();
  }
});

test('a row is found by its client’s name, which leads to the client', async ({ page }) => {
  await visit(page, '/devices?q=leoart+corp');
  const client = page.getByRole('table', { name: 'Devices' }).getByRole('link', { name });
  await expect(client.first()).toBeVisible();
  await client.first().click();
  await expect(page).toHaveURL('/clients/client_9');
});

test('who sees a client is listed, and by what', async ({ page }) => {
  await visit(page, '/clients/client_9/access');
  const viewers = page.getByRole('table', { name: 'People with access' });
  await expect(viewers.getByRole('row').filter({ hasText: 'Lea Artis' })).toContainText('sees all clients');
  await expect(viewers, 'nobody of another client').not.toContainText('client8.');
  await viewers.getByRole('row').filter({ hasText: 'Lea Artis' }).getByRole('link', { name: /^Why does/ }).click();
  await expect(page.getByText(/ sees LeoArt Corp\.$/)).toBeVisible();
});

test('the tabs pass the checks of accessibility', async ({ page }) => {
  for (const key of ['', '/devices', '/users', '/roles', '/access', '/audit', '/settings']) {
    await visit(page, `/clients/client_9${key}`);
    await axe(page);
  }
  await visit(page, '/devices?client=client_9');
  await axe(page);
});

test('an address that is no tab isn’t found', async ({ page }) => {
  const answer = await page.goto('/clients/client_9/nonsense');
  expect(answer?.status()).toBe(404);
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('lands on their client, and sees no other', async ({ page }) => {
    await page.goto('/');
    await expect(page).toHaveURL('/clients/client_8');
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
    await page.goto('/devices');
    await expect(page.getByText('Filter by client')).toHaveCount(0);
    for (const key of ['', '/devices', '/access']) expect((await page.goto(`/clients/client_9${key}`))?.status()).toBe(404);
  });
});

/** Picks the only one that can be chosen. */
async function pick1(page: Page, words: string, option: string) {
  await page.getByRole('combobox', { name: 'Search client', exact: true }).fill(words);
  await page.getByRole('listbox', { name: 'Client', exact: true }).getByRole('option').filter({ hasText: option }).first().click();
}
