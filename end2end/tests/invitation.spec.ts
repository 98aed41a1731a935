import { type Page } from '@playwright/test';
import { emptyBrowser, expect, heading, hydrated, signIn, test, users, visit } from './fixtures';
import { fill } from './form';

const password = 'Halyard#42';

/** Adds a user and returns the link shown for them. */
async function invite(page: Page, name: string, login: string): Promise<string> {
  await visit(page, '/users/new');
  await fill(page, { 'First name': name, 'Last name': 'Borealis', 'Login name': login, 'E-mail address': login });
  await page.getByRole('button', { name: 'Add user' }).click();
  await expect(heading(page, `${name} Borealis`)).toBeVisible();
  return page.getByRole('textbox', { name: 'Link' }).inputValue();
}

test('whoever is invited opens the link, chooses a password and signs in', async ({ page, browser }, { project }) => {
  const login = `link.${project.name}@northern.example`;
  const link = await invite(page, 'Ada', login);

  const invited = await emptyBrowser(browser);
  await invited.goto(link);
  await hydrated(invited);
  await expect(invited).toHaveURL(link);
  await expect(heading(invited, 'Welcome, Ada Borealis')).toBeVisible();
  await fill(invited, { 'New password': password, 'New password, again': password });
  await invited.getByRole('button', { name: 'Set password and sign in' }).click();
  await expect(invited).toHaveURL('/');
  await invited.context().close();

  const later = await emptyBrowser(browser);
  await later.goto(link);
  await expect(heading(later, 'This link has expired')).toBeVisible();
  await later.getByRole('link', { name: 'Sign in' }).click();
  await expect(heading(later, 'Sign in')).toBeVisible();
  await signIn(later, login, password);
  await expect(later).toHaveURL('/');
  await later.context().close();
});

test('a link asks before it replaces a session', async ({ page, browser }, { project }) => {
  const link = await invite(page, 'Grace', `ask.${project.name}@northern.example`);
  const other = await emptyBrowser(browser);
  await other.goto('/login');
  await signIn(other, users.viewer, 'Demo#2026');
  await expect(other).toHaveURL('/');
  await visit(other, link);
  await expect(heading(other, /^You’re signed in as /)).toBeVisible();
  await expect(other.getByLabel('New password', { exact: true })).toHaveCount(0);
  await other.getByRole('link', { name: 'Stay signed in' }).click();
  await expect(heading(other, 'Home')).toBeVisible();

  await visit(other, link);
  await other.getByRole('button', { name: 'Sign out and continue' }).click();
  await expect(heading(other, 'Welcome, Grace Borealis')).toBeVisible();
  await other.goto('/clients');
  await expect(heading(other, 'Sign in')).toBeVisible();
  await other.context().close();
});
