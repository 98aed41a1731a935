import { type Page } from '@playwright/test';
import { password } from './api';
import { expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { fact, fill, pick, section, summary, toast } from './form';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** One of the figures beside the editor. */
const figure = (page: Page, label: string) => fact(page.getByRole('complementary', { name: 'What the role amounts to' }), label);

test('a role from nothing shows its user exactly what it lists', async ({ page, browser }, { project }) => {
  const [login, name, role] = [`grace.${project.name}@northern.example`, `Grace ${project.name}`, `Two clients ${project.name}`];
  await visit(page, '/users/new');
  await fill(page, { 'First name': 'Grace', 'Last name': project.name, 'Login name': login, 'E-mail address': login });
  await page.getByRole('radio', { name: 'By a password' }).check();
  await fill(page, { Password: password });
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(heading(page, name)).toBeVisible();

  await visit(page, '/roles');
  await page.getByRole('link', { name: 'Add role' }).click();
  await expect(page.getByLabel('Name', { exact: true }), 'the scope comes first').toHaveCount(0);
  await page.getByRole('radio', { name: /^Partner users/ }).check();
  await expect(figure(page, 'Clients')).toHaveText('0');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await expect(summary(page)).toContainText('Enter a name.');
  await fill(page, { Name: role });
  await pick(page, 'Permission sets', 'techn', 'Technician');
  await expect(section(page, 'Permission sets').getByRole('group').getByText('View, Manage')).toBeVisible();
  await pick(page, 'Clients', 'leoart', 'LeoArt Corp.');
  await pick(page, 'Clients', 'leoart', 'LeoArt Lab');
  await pick(page, 'Users', login, name);
  await expect(figure(page, 'Clients')).toContainText('2');
  await expect(figure(page, 'Users')).toContainText('1');

  await page.getByRole('button', { name: 'Review and save' }).click();
  const review = page.getByRole('dialog', { name: 'Review changes' });
  await expect(row(page, 'Clients').getByText('+2')).toBeVisible();
  await expect(review).toContainText(`They get the role: ${name}.`);
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${role} was saved.`)).toBeVisible();
  await expect(heading(page, role)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove LeoArt Lab' })).toBeVisible();

  const other = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const theirs = await other.newPage();
  await visit(theirs, '/login');
  await signIn(theirs, login, password);
  await expect(heading(theirs, 'Clients')).toBeVisible();
  await hydrated(theirs);
  await expect(theirs.getByRole('table', { name: 'Clients' }).getByRole('rowheader')).toHaveText(['LeoArt Corp.', 'LeoArt Lab']);

  await page.getByRole('button', { name: 'Remove LeoArt Lab' }).click();
  await expect(figure(page, 'Clients')).toContainText('now 2');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await expect(row(page, 'Clients').getByText('−1')).toBeVisible();
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${role} was saved.`).first()).toBeVisible();
  await expect(figure(page, 'Clients')).toHaveText('1');
  await theirs.goto('/clients');
  await expect(theirs.getByRole('table', { name: 'Clients' }).getByRole('rowheader')).toHaveText(['LeoArt Corp.']);
  await other.close();

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('dialog', { name: `Delete ${role}?` });
  await expect(question).toContainText('The role is taken from 1 user.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(heading(page, 'Roles')).toBeVisible();
  await expect(row(page, role)).toHaveCount(0);
});

test('a default role is only given, and copied', async ({ page }, { project }) => {
  const name = `Dispatcher at night ${project.name}`;
  await visit(page, '/roles?filter=default');
  await page.getByRole('link', { name: 'Dispatcher', exact: true }).click();
  await expect(heading(page, 'Dispatcher')).toBeVisible();
  await expect(page.getByText('This is a default role')).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveCount(0);
  await expect(page.getByRole('combobox')).toHaveCount(2);
  await expect(page.getByRole('button', { name: 'Delete', exact: true })).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Copy', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Copy Dispatcher?' });
  await fill(dialog, { 'Name of the copy': 'Technician' });
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(dialog.getByRole('alert'), 'the name is taken').toContainText('Another role has this name already.');
  await fill(dialog, { 'Name of the copy': name });
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue(name);
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads roles, and makes none', async ({ page }) => {
    await visit(page, '/roles');
    await expect(page.getByRole('link', { name: 'Add role' })).toHaveAttribute('aria-disabled', 'true');
    await page.getByRole('link', { name: 'Technician', exact: true }).click();
    await expect(heading(page, 'Technician')).toBeVisible();
    await expect(page.getByRole('combobox')).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Copy', exact: true })).toHaveAttribute('aria-disabled', 'true');
    await page.goto('/roles/new');
    await expect(page.getByRole('heading', { name: 'You may not add roles' })).toBeVisible();
  });
});
