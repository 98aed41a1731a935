import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { expectFault, fact, fill, pick, summary, toast } from './form';
import { type Server } from './server';

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const add = (page: Page) => page.getByRole('button', { name: 'Add API key' });
const shown = (page: Page, label: string) => page.getByRole('textbox', { name: label, exact: true }).inputValue();

/** Asks for a token as a program does. */
async function token({ url }: Server, key: string, secret: string): Promise<Response> {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: key, client_secret: secret });
  return fetch(`${url}/auth/oauth/token`, { method: 'POST', body });
}

/** The status with which a program reads the clients. */
async function read({ url }: Server, bearer: string): Promise<number> {
  const answer = await fetch(`${url}/api/v2/tenants/msp_1/clients/minimal`, { headers: { authorization: `Bearer ${bearer}` } });
  await answer.arrayBuffer();
  return answer.status;
}

test('a key is made, used, restricted and revoked', async ({ page, server, context }, { project }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const name = `Terraform ${project.name}`;
  await visit(page, '/api-keys');
  await expect(page.getByRole('searchbox', { name: 'Search API keys', exact: true })).toBeVisible();
  await page.getByRole('link', { name: 'Add API key' }).click();
  await fill(page, { 'Allowed addresses': 'everywhere', 'Last day': '2020-01-31' });
  await add(page).click();
  await expect(summary(page)).toBeFocused();
  await expect(summary(page).getByRole('listitem')).toHaveCount(4);
  await expectFault(field(page, 'Name'), 'Enter a name for the key.');
  await expectFault(field(page, 'Last day'), 'Choose today or a later date.');
  await expectFault(field(page, 'Search roles'), 'Choose at least one role.');
  await fill(page, { Name: name, 'Allowed addresses': '', 'Last day': '2099-12-31' });
  await pick(page, 'Roles', 'technician', 'Technician');
  await add(page).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(page.getByText('Copy the secret now')).toBeVisible();
  const [key, secret, call] = [await shown(page, 'Key'), await shown(page, 'Secret'), await shown(page, 'Requesting a token')];
  expect(call).toBe(`curl ${server.url}/auth/oauth/token -d grant_type=client_credentials -d client_id=${key} -d client_secret=${secret}`);
  await page.getByRole('button', { name: 'Copy' }).nth(1).click();
  await expect(toast(page, 'Copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);

  await page.getByRole('link', { name: 'Done' }).click();
  await expect(fact(page, 'Last used')).toHaveText('Never');
  await expect(fact(page, 'Roles')).toHaveText('Technician');
  await expect(fact(page, 'Expires')).toHaveText('31 Dec 2099, 23:59');
  const issued = await token(server, key, secret);
  expect(issued.status).toBe(200);
  const { access_token: bearer } = await issued.json();
  expect(await read(server, bearer)).toBe(200);
  await visit(page, page.url());
  await expect(fact(page, 'Last used')).toHaveText(/^(Just now|\d minutes? ago) from 127\.0\.0\.1$/);
  expect(await page.content(), 'the secret was shown once').not.toContain(secret);

  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(field(page, 'Last day')).toHaveValue('2099-12-31');
  await fill(page, { 'Allowed addresses': '192.0.2.*\n198.51.100.7' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(fact(page, 'Restricted to')).toHaveText('192.0.2.*\n198.51.100.7');
  expect((await token(server, key, secret)).status).toBe(403);
  expect(await read(server, bearer)).toBe(403);

  await page.getByRole('link', { name: 'Edit' }).click();
  await fill(page, { 'Allowed addresses': '' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(fact(page, 'Restricted to')).toHaveText('Anywhere');
  expect(await read(server, bearer)).toBe(200);
  await page.getByRole('button', { name: 'Revoke' }).click();
  const question = page.getByRole('dialog', { name: `Revoke ${name}?` });
  await expect(question).toContainText('even those that already have a token');
  await question.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('This key is revoked')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  expect((await token(server, key, secret)).status).toBe(401);
  expect(await read(server, bearer)).toBe(401);

  await visit(page, `/api-keys?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('heading', { name: 'No API keys found' })).toBeVisible();
  await page.getByRole('link', { name: 'Revoked' }).click();
  const row = page.getByRole('row').filter({ hasText: name });
  await expect(row).toContainText('Revoked');
  await expect(row).toContainText('from 127.0.0.1');
});

test('a partner sees the keys of its clients and revokes them', async ({ page, server }, { project }) => {
  const name = `Of the client ${project.name}`;
  const key = JSON.parse(server.tenantry(['api-key', 'create', '--tenant', 'client_8', '--name', name, '--role', 'Customer']));
  await visit(page, `/api-keys?q=${encodeURIComponent(name)}`);
  await expect(page.getByRole('row').filter({ hasText: name })).toContainText('LeoArt Lab');
  await page.getByRole('link', { name }).click();
  await expect(fact(page, 'Organization')).toHaveText('LeoArt Lab');
  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('This key is revoked')).toBeVisible();
  expect((await token(server, key.key, key.secret)).status).toBe(401);
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('makes keys for the client alone, and none that may more', async ({ page, server }, { project }) => {
    const name = `Inventory ${project.name}`;
    await visit(page, '/api-keys/new');
    await fill(page, { Name: name });
    await pick(page, 'Roles', 'client details', 'Client Administrator with Client Details');
    await add(page).click();
    await expectFault(field(page, 'Search roles'), 'gives more than you have yourself');
    await expect(field(page, 'Name')).toHaveValue(name);
    await page.getByRole('button', { name: 'Remove Client Administrator with Client Details' }).click();
    await pick(page, 'Roles', 'customer', 'Customer');
    await add(page).click();
    await expect(page.getByText('Copy the secret now')).toBeVisible();
    const issued = await token(server, await shown(page, 'Key'), await shown(page, 'Secret'));
    const { access_token: bearer } = await issued.json();
    expect(await read(server, bearer), 'the partner is none of its business').toBe(404);
    await visit(page, '/api-keys');
    await expect(page.getByRole('rowheader', { name })).toBeVisible();
    await expect(page.getByRole('rowheader', { name: /^Terraform/ })).toHaveCount(0);
  });
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('is told what is missing to make a key', async ({ page }) => {
    await visit(page, '/api-keys');
    const link = page.getByRole('link', { name: 'Add API key' });
    await expect(link).toHaveAttribute('aria-disabled', 'true');
    await expect(link).toHaveAccessibleDescription(/“Settings: Manage”/);
    await visit(page, '/api-keys/new');
    await expect(page.getByRole('heading', { name: 'You can’t add API keys' })).toBeVisible();
  });
});
