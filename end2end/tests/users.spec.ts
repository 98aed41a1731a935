import { type Page } from '@playwright/test';
import { emptyBrowser, expect, heading, hydrated, signIn, test, users, visit } from './fixtures';
import { expectFault, fact, fill, pick, section, summary, toast } from './form';
import { picture } from './picture';

const password = 'Halyard#42';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

test('a user is invited, signs in, is changed, deactivated and terminated', async ({ page, browser }, { project }) => {
  const [login, name] = [`ada.${project.name}@northern.example`, `Ada ${project.name}`];
  await visit(page, '/users');
  await page.getByRole('link', { name: 'Add user' }).click();
  await expect(heading(page, 'Add user')).toBeVisible();
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(summary(page)).toBeFocused();
  await expectFault(page.getByLabel('Login name'), 'Enter a login name.');
  await fill(page, { 'First name': 'Ada', 'Last name': project.name, 'Login name': users.viewer, 'E-mail address': login });
  await pick(page, 'Roles', 'technician', 'Technician');
  await page.getByRole('button', { name: 'Add user' }).click();
  await expectFault(page.getByLabel('Login name'), 'This login name is taken.');
  await fill(page, { 'Login name': login });
  await page.getByRole('button', { name: 'Add user' }).click();
  const link = page.getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveAccessibleDescription(/72 hours/);
  const address = await link.inputValue();

  const invited = await emptyBrowser(browser);
  await invited.goto(address);
  await hydrated(invited);
  await expect(heading(invited, `Welcome, ${name}`)).toBeVisible();
  const enter = invited.getByRole('button', { name: 'Set password and sign in' });
  await fill(invited, { 'New password': password, 'New password, again': 'something else' });
  await enter.click();
  await expect(invited.getByLabel('New password, again')).toHaveAttribute('aria-invalid', 'true');
  await fill(invited, { 'New password, again': password });
  await enter.click();
  await expect(heading(invited, 'Home')).toBeVisible();
  await invited.goto(address);
  await expect(heading(invited, 'This link has expired')).toBeVisible();

  await page.getByRole('link', { name: 'See the user' }).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(fact(section(page, 'Access'), 'Roles')).toHaveText('Technician');
  await expect(section(page, 'Login history').getByText('Signed in')).toBeVisible();
  await page.getByRole('link', { name: 'Edit' }).click();
  await fill(page, { Designation: 'Engineer' });
  await pick(page, 'User groups', 'service', 'Service Desk');
  await page.getByRole('button', { name: 'Remove Technician' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(fact(page, 'Designation')).toHaveText('Engineer');
  await expect(fact(section(page, 'Access'), 'User groups')).toHaveText('Service Desk');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Deactivate…' }).click();
  const question = page.getByRole('dialog', { name: `Deactivate ${name}?` });
  await expect(question).toContainText('1 open session, which ends at once');
  await fill(question, { Reason: 'On leave' });
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await expect(page.getByText('Deactivated: On leave')).toBeVisible();
  await invited.goto('/login');
  await hydrated(invited);
  await signIn(invited, login, password);
  await expect(invited.getByRole('alert')).toBeVisible();
  await invited.context().close();

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Terminate…' }).click();
  const last = page.getByRole('dialog', { name: `Terminate ${name}?` });
  await last.getByRole('button', { name: 'Terminate' }).click();
  await expect(page.getByText('This user was terminated')).toBeVisible();
});

test('the list is searched as one types, filtered by links, and its view is in the address', async ({ page }) => {
  await visit(page, '/users');
  await page.getByRole('searchbox', { name: 'Search users' }).fill('viewer@');
  await expect(page).toHaveURL(/q=viewer/);
  await expect(row(page, 'Viewer').or(page.getByRole('row').filter({ hasText: users.viewer }))).toBeVisible();
  await page.getByRole('link', { name: 'Terminated' }).click();
  await expect(page.getByRole('heading', { name: 'No users found' })).toBeVisible();
  await page.getByRole('link', { name: 'Clear All' }).click();
  await expect(page).toHaveURL(/\/users$/);
  await expect(page.getByRole('searchbox', { name: 'Search users' })).toHaveValue('');
});

test('a picture is given, seen and taken away; what is no picture is refused', async ({ page }, { project }) => {
  await visit(page, `/users?q=${project.name === 'desktop' ? 'LeoArtInc@' : 'LeoArtPAdmin@'}`);
  await page.getByRole('rowheader').getByRole('link').click();
  const account = section(page, 'Account');
  const input = account.locator('input[type=file]');
  await input.setInputFiles({ name: 'me.txt', mimeType: 'text/plain', buffer: Buffer.from('not a picture') });
  await expect(account.getByRole('status')).toContainText('PNG');
  await expect(account.getByRole('img')).toHaveCount(0);
  await input.setInputFiles(picture('me.png'));
  const shown = account.getByRole('img', { name: /^Picture of/ });
  await expect(shown).toBeVisible();
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(24);
  await page.reload();
  await expect(shown).toBeVisible();
  await hydrated(page);
  await account.getByRole('button', { name: 'Remove' }).click();
  await expect(toast(page, 'The picture was removed.')).toBeVisible();
  await expect(shown).toHaveCount(0);
});

test('everybody has a picture on the page of the own account', async ({ page }) => {
  await visit(page, '/account');
  const you = section(page, 'You');
  await you.locator('input[type=file]').setInputFiles(picture('me.png', [200, 40, 40]));
  await expect(you.getByRole('img', { name: /^Picture of/ })).toBeVisible();
  // The top bar shows it too: at once, and when the page is loaded again.
  const avatar = page.getByRole('banner').locator('img');
  const width = () => avatar.evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBe(24);
  await visit(page, '/account');
  await expect.poll(width).toBe(24);
  await you.getByRole('button', { name: 'Remove' }).click();
  await expect(you.getByRole('img')).toHaveCount(0);
  await expect(avatar).toHaveCount(0);
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads, and is told what is missing for more', async ({ page }) => {
    await visit(page, '/users');
    const add = page.getByRole('link', { name: 'Add user' });
    await expect(add).toHaveAttribute('aria-disabled', 'true');
    await expect(add).toHaveAccessibleDescription(/^Your roles do not include the permission “Users: Manage”/);
    await visit(page, '/users/new');
    await expect(page.getByRole('heading', { name: 'You can’t add users' })).toBeVisible();
  });
});
