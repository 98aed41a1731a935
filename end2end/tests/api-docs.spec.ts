import { type Page } from '@playwright/test';
import { axe, expect, heading, openUserMenu, test, visit } from './fixtures';

/** An operation by its method and address, unfolded. */
async function operation(page: Page, summary: string) {
  const found = page.locator('details.operation').filter({ has: page.locator('summary', { hasText: summary }) });
  await found.locator('summary').first().click();
  return found;
}

test('the API is read and tried with a key', async ({ page, server }, { project }) => {
  // There are many elements for axe to look at.
  test.slow();
  const key = JSON.parse(server.tenantry(['api-key', 'create', '--tenant', 'msp_1', '--name', `Docs ${project.name}`, '--role', 'Partner Administrator']));
  await visit(page, '/account');
  await openUserMenu(page);
  await page.getByRole('link', { name: 'REST API' }).click();
  await expect(heading(page, 'REST API')).toBeVisible();

  await page.getByLabel('Find an operation').fill('get clients minimal');
  await expect(page.getByText(/^1 of \d+ operations$/)).toBeVisible();
  const minimal = await operation(page, '/clients/minimal');
  await expect(minimal.getByText('Needs Clients: View.')).toBeVisible();
  await minimal.getByRole('button', { name: 'Send' }).click();
  await expect(minimal.getByRole('status')).toHaveText(/^401/);
  await expect(minimal.getByRole('group', { name: 'Answer' })).toContainText('invalid_token');

  await page.getByLabel('Key').fill(key.key);
  await page.getByLabel('Secret').fill('wrong');
  await page.getByRole('button', { name: 'Get token' }).click();
  await expect(page.getByText('The API key or its secret is wrong', { exact: false })).toBeVisible();
  await page.getByLabel('Secret').fill(key.secret);
  await page.getByRole('button', { name: 'Get token' }).click();
  await expect(page.getByText(/^There is a token\. It works for \d+ minutes\.$/)).toBeVisible();

  await minimal.getByRole('button', { name: 'Send' }).click();
  await expect(minimal.getByRole('status')).toHaveText(/^200/);
  await expect(minimal.getByRole('group', { name: 'Answer' })).toContainText('LeoArt Lab');
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nothing is wider than the page').toBeLessThanOrEqual(0);
  await axe(page);
});

test('a body is sent, and a pasted token is used', async ({ page, server, request }, { project }) => {
  const key = JSON.parse(server.tenantry(['api-key', 'create', '--tenant', 'msp_1', '--name', `Group ${project.name}`, '--role', 'Partner Administrator']));
  const form = { grant_type: 'client_credentials', client_id: key.key, client_secret: key.secret };
  const { access_token: token } = await (await request.post('/auth/oauth/token', { form })).json();
  await page.goto('/api/docs#user_groups_create');
  const create = page.locator('#user_groups_create');
  await expect(create.getByLabel('Body')).toHaveValue(/"name": "Night shift"/);
  await page.getByLabel('Token', { exact: true }).fill(token);
  await create.getByLabel('Body').fill(JSON.stringify({ name: `Tried ${project.name}` }));
  await create.getByRole('button', { name: 'Send' }).click();
  await expect(create.getByRole('status')).toHaveText(/^201/);

  const search = await operation(page, 'Lists user groups by name.');
  await search.getByLabel('queryString').fill(`name:Tried ${project.name}`);
  await search.getByRole('button', { name: 'Send' }).click();
  const answer = search.getByRole('group', { name: 'Answer' });
  await expect(answer).toContainText(`"name": "Tried ${project.name}"`);
  await expect(answer).toContainText('"totalResults": 1');
});

test.describe('without scripts @once', () => {
  test.use({ javaScriptEnabled: false, who: null });

  test('the API can be read, and what needs scripts is not there', async ({ page }) => {
    await page.goto('/api/docs');
    await expect(page.getByText('Trying needs JavaScript.')).toBeVisible();
    await expect(page.getByLabel('Find an operation')).toBeHidden();
    const search = await operation(page, 'Searches clients.');
    await expect(search.getByText(/^Counted from 1\./)).toBeVisible();
    await expect(search.getByRole('button', { name: 'Send' })).toBeHidden();
    await search.getByRole('link', { name: 'Page of ClientOutput' }).click();
    await expect(page.locator('#schema-Page_ClientOutput').getByText('Items on all pages.')).toBeVisible();
  });
});
