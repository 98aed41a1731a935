import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { section, toast } from './form';

/** Chooses one thing by typing; the page that answers keeps the focus where it was. */
async function ask(page: Page, label: string, words: string) {
  const box = page.getByRole('combobox', { name: `Search ${label.toLowerCase()}`, exact: true });
  await box.fill(words);
  await page.getByRole('listbox', { name: label, exact: true }).getByRole('option', { name: words }).click();
  await expect(page.getByRole('button', { name: `Remove ${words}` })).toBeVisible();
  await expect(box).toBeFocused();
}

test('why a user sees something is told with the role and the rule', async ({ page }) => {
  await visit(page, '/users?q=technician@');
  await page.getByRole('rowheader').getByRole('link').first().click();
  const may = section(page, 'Access by client');
  await expect(may.getByRole('rowheader')).toHaveText(['All clients']);
  await may.getByText('7 permissions').click();
  await expect(may.getByRole('definition').filter({ hasText: 'View, Manage' }).first()).toBeVisible();
  await may.getByRole('link', { name: 'Explain access' }).click();
  await expect(heading(page, 'Explain access')).toBeVisible();
  await ask(page, 'Client', 'LeoArt Corp.');
  await expect(page.getByText(/ sees LeoArt Corp\.$/)).toBeVisible();
  await expect(section(page, 'Technician')).toContainText('The role sees all clients.');
  await expect(section(page, 'Technician')).toContainText('has it directly.');

  await page.getByRole('radio', { name: 'Device' }).check();
  await expect(page.getByRole('radio', { name: 'Device' })).toBeFocused();
  await expect(page.getByText(/ sees LeoArt Corp\.$/), 'what was chosen of one kind is none of another').toHaveCount(0);
  await ask(page, 'Device', 'HYDLPT223');
  await expect(page.getByText(/ sees HYDLPT223$/)).toBeVisible();
  await expect(section(page, 'Technician')).toContainText('The role sees all clients, and sees all devices.');

  await page.getByRole('radio', { name: 'Credential set' }).check();
  await ask(page, 'Credential set', 'Agent-WMI-Discovery');
  await expect(page.getByText(/ (sees|doesn’t see) Agent-WMI-Discovery$/)).toBeVisible();
});

test('what is restricted at a client, nobody does there', async ({ page }, { project }) => {
  const client = project.name === 'desktop' ? 'client_9' : 'client_8';
  await visit(page, `/clients/${client}/access`);
  const access = section(page, 'Blocked permissions');
  await expect(access).toContainText('No restrictions: role permissions apply.');
  await access.getByRole('link', { name: 'Restrict permissions' }).click();
  await expect(heading(page, /^Restrict permissions at /)).toBeVisible();
  const clients = page.getByRole('group', { name: 'Clients', exact: true });
  await expect(clients.getByRole('checkbox', { name: 'View' }), 'a client must exist for somebody').toHaveCount(0);
  await clients.getByRole('checkbox', { name: 'Manage' }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, /were saved\.$/)).toBeVisible();
  await expect(access).toContainText('Nobody can do this here');
  await expect(page.getByRole('button', { name: 'Suspend' }), 'the page follows').toHaveCount(0);

  await access.getByRole('link', { name: 'Restrict permissions' }).click();
  await clients.getByRole('checkbox', { name: 'Manage' }).uncheck();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(access).toContainText('No restrictions: role permissions apply.');
  await page.reload();
  await expect(page.getByRole('button', { name: 'Suspend' })).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('asks why, and restricts nothing', async ({ page }) => {
    await visit(page, '/clients/client_9/access');
    await expect(section(page, 'Blocked permissions').getByRole('link', { name: 'Explain access' })).toBeVisible();
    await expect(page.getByRole('link', { name: 'Restrict permissions' })).toHaveCount(0);
    await page.goto('/clients/client_9/restrictions');
    await expect(page.getByRole('heading', { name: 'You can’t restrict permissions' })).toBeVisible();
  });
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('is not told what others see', async ({ page }) => {
    await page.goto('/why?user=USR0000000001&kind=client&id=client_9');
    await expect(page.getByText('LeoArt Corp.')).toHaveCount(0);
    await expect(page.getByText(/Lea Artis/)).toHaveCount(0);
  });
});
