import { password } from './api';
import { expect, heading, signIn, test } from './fixtures';
import { fact, section, tab } from './form';

test.use({ javaScriptEnabled: false });

test('the list is searched, filtered, sorted and paged without scripts', async ({ page }) => {
  const names = page.getByRole('table', { name: 'Clients' }).getByRole('rowheader');
  await page.goto('/clients');
  await expect(names).toHaveCount(25);
  await page.getByRole('columnheader', { name: 'Unique ID' }).getByRole('link').click();
  await expect(page).toHaveURL('/clients?sort=id');
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('26–50 of');

  await page.getByRole('searchbox', { name: 'Search clients' }).fill('leoart');
  await page.keyboard.press('Enter');
  await expect(names, 'the order stays').toHaveText(['LeoArt Lab', 'LeoArt Corp.']);
  await page.getByText('Advanced').click();
  await page.getByLabel('Client Name').fill('corp');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(names).toHaveText(['LeoArt Corp.']);
  await page.getByRole('link', { name: 'Clear All' }).click();
  await expect(names).toHaveCount(25);
});

test('details are read without scripts', async ({ page }) => {
  await page.goto('/clients?q=LEO-LAB');
  await page.getByRole('link', { name: 'LeoArt Lab' }).click();
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  await tab(page, 'LeoArt Lab', 'Settings').click();
  await expect(fact(section(page, 'Client Details'), 'City')).toHaveText('San Francisco');
  await expect(section(page, 'Network Architecture').getByRole('img')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Suspend' }), 'what would do nothing isn’t offered').toHaveCount(0);
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByText('Enable JavaScript to edit this client.')).toBeVisible();
});

test('devices and device groups are found and read without scripts', async ({ page }) => {
  await page.goto('/devices');
  await page.getByRole('searchbox', { name: 'Search devices' }).fill('hydlpt159');
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Desktops', exact: true }).click();
  await page.getByRole('link', { name: 'HYDLPT159' }).click();
  await expect(fact(page, 'IP address')).toHaveText('172.28.2.233');
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  for (const address of ['/clients/import', '/devices/import']) {
    await page.goto(address);
    await expect(page.getByText('Enable JavaScript to import a file.')).toBeVisible();
  }
  await expect(page.getByRole('rowheader', { name: 'host name' })).toBeVisible();
  await page.goto('/user-groups/new');
  await expect(page.getByText('Enable JavaScript to make changes here.')).toBeVisible();
  await page.goto('/device-groups?q=hyd-windows');
  await page.getByRole('link', { name: 'HYD-WINDOWS' }).click();
  await expect(heading(page, 'HYD-WINDOWS')).toBeVisible();
});

test('the menu of a row opens without scripts', async ({ page }) => {
  await page.goto('/clients?q=LEO-LAB');
  await page.getByRole('button', { name: 'Actions for LeoArt Lab' }).click();
  await page.getByRole('group', { name: 'Actions for LeoArt Lab' }).getByRole('link', { name: 'View' }).click();
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
});

test('credential sets are read, and the type of a new one is chosen, without scripts', async ({ page }) => {
  await page.goto('/credential-sets?q=agent-wmi');
  await page.getByRole('link', { name: 'Agent-WMI-Discovery' }).click();
  await expect(fact(section(page, 'Credentials'), 'User name')).toHaveText('svc-discovery');
  await expect(fact(section(page, 'Credentials'), 'Password')).toHaveText('Stored');
  await expect(page.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await page.goto('/credential-sets/new');
  await page.getByRole('link', { name: /^SSH/ }).click();
  await expect(heading(page, 'Add credential set: SSH')).toBeVisible();
  await expect(page.getByLabel('User name')).toBeVisible();
});

test.describe('signing in and out', () => {
  test.use({ who: null });

  test('works without scripts', async ({ page }) => {
    await page.goto('/clients/client_8');
    await signIn(page, 'var.user@leoart.example', 'Wrong#2026');
    await expect(page.getByRole('alert')).toHaveText('The login name or the password is wrong.');
    await signIn(page, 'var.user@leoart.example', password);
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
    await page.getByRole('button', { name: /^Your account/ }).click();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(heading(page, 'Sign in')).toBeVisible();
    await page.goto('/clients');
    await expect(heading(page, 'Sign in')).toBeVisible();
  });
});
