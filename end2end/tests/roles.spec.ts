import { type Browser, type Page } from '@playwright/test';
import { password } from './api';
import { emptyBrowser, expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { fact, fill, pick, section, summary, toast } from './form';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });

/** One of the figures beside the editor. */
const figure = (page: Page, label: string) => fact(page.getByRole('complementary', { name: 'Effective access' }), label);

/** Adds a user without roles, with a password. */
async function addUser(page: Page, first: string, last: string): Promise<string> {
  const login = `${first}.${last}@northern.example`.toLowerCase();
  await visit(page, '/users/new');
  await fill(page, { 'First name': first, 'Last name': last, 'Login name': login, 'E-mail address': login });
  await page.getByRole('radio', { name: /^By a password(?! link)/ }).check();
  await fill(page, { Password: password });
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(heading(page, `${first} ${last}`)).toBeVisible();
  return login;
}

/** The console of somebody who has just signed in. */
async function consoleOf(browser: Browser, login: string): Promise<Page> {
  const theirs = await emptyBrowser(browser);
  await visit(theirs, '/login');
  await signIn(theirs, login, password);
  await expect(heading(theirs, 'Home')).toBeVisible();
  await visit(theirs, '/clients');
  return theirs;
}

test('a role from nothing shows its user exactly what it lists', async ({ page, browser }, { project }) => {
  const [name, role] = [`Grace ${project.name}`, `Two clients ${project.name}`];
  const login = await addUser(page, 'Grace', project.name);

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
  await expect(review).toContainText(`Users added: ${name}.`);
  await review.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${role} was saved.`)).toBeVisible();
  await expect(heading(page, role)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove LeoArt Lab' })).toBeVisible();

  const theirs = await consoleOf(browser, login);
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
  await theirs.context().close();

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  const question = page.getByRole('dialog', { name: `Delete ${role}?` });
  await expect(question).toContainText('The role is removed from 1 user.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(heading(page, 'Roles')).toBeVisible();
  await expect(row(page, role)).toHaveCount(0);
});

test('each picker finds by typing, and the figures are what the user then sees', async ({ page, browser }, { project }) => {
  const login = await addUser(page, 'Hedy', project.name);
  await visit(page, '/roles/new');
  await page.getByRole('radio', { name: /^Partner users/ }).check();
  await fill(page, { Name: `Some of everything ${project.name}` });
  await pick(page, 'Permission sets', 'technician', 'Technician');
  await pick(page, 'Users', login, `Hedy ${project.name}`);
  await pick(page, 'User groups', 'field', 'Field Engineers');
  await pick(page, 'Clients', 'leoart lab', 'LeoArt Lab');
  await page.getByRole('group', { name: 'Which devices?' }).getByRole('radio', { name: 'Only those listed' }).check();
  await pick(page, 'Devices', 'HYDLPT159', 'HYDLPT159');
  await pick(page, 'Devices', 'HYDLPT420', 'HYDLPT420');
  await pick(page, 'Device groups', 'hyd-win', 'HYD-WINDOWS');
  await page.getByRole('group', { name: 'Which credential sets?' }).getByRole('radio', { name: 'Only those listed' }).check();
  await pick(page, 'Credential sets', 'agent', 'Agent-WMI-Discovery');
  // HYDLPT420 is a device of a client that the role doesn't list: the page says it where it is.
  await page.getByRole('button', { name: 'Remove HYDLPT420' }).click();
  await expect(figure(page, 'Credential sets').getByRole('strong')).toHaveText('1');
  const devices = Number(await figure(page, 'Devices').getByRole('strong').innerText());
  expect(devices).toBeGreaterThan(0);
  await page.getByRole('button', { name: 'Review and save' }).click();
  await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, /was saved\.$/)).toBeVisible();

  const theirs = await consoleOf(browser, login);
  await expect(theirs.getByRole('table', { name: 'Clients' }).getByRole('rowheader')).toHaveText(['LeoArt Lab']);
  await visit(theirs, '/devices');
  await expect(theirs.getByRole('table', { name: 'Devices' }).getByRole('rowheader')).toHaveCount(devices);
  await expect(theirs.getByRole('link', { name: 'HYDLPT159' })).toBeVisible();
  await visit(theirs, '/credential-sets');
  await expect(theirs.getByRole('table', { name: 'Credential Sets' }).getByRole('rowheader')).toHaveText(['Agent-WMI-Discovery']);
  await theirs.goto('/clients/client_9');
  await expect(heading(theirs, 'Client not found')).toBeVisible();
  await theirs.context().close();
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
    await expect(page.getByRole('heading', { name: 'You can’t add roles' })).toBeVisible();
  });
});
