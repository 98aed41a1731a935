import { type Page } from '@playwright/test';
import { password, Session } from './api';
import { expect, heading, hydrated, openUserMenu, signIn, test, visit } from './fixtures';
import { expectFault, fact, fill, toast } from './form';

test('the account shows who one is', async ({ page }) => {
  await visit(page, '/clients');
  await openUserMenu(page);
  await page.getByRole('link', { name: 'Account', exact: true }).click();
  await expect(heading(page, 'Account')).toBeVisible();
  await expect(fact(page, 'Login name')).toHaveText('admin@leoart.example');
  await expect(fact(page, 'Organization')).toHaveText('LeoArt Inc (msp_1)');
  await expect(fact(page, 'Roles')).toHaveText('Partner Administrator');
});

test.describe('a password', () => {
  test.use({ who: null });

  test('is changed by rules that are told while typing, and ends the other sessions', async ({ page, server }, { project }) => {
    const login = `${project.name}@password.example`;
    server.tenantry(['user', 'create', '--login', login, '--first-name', 'Pat', '--last-name', 'Word', '--role', 'Auditor View'], password);
    const elsewhere = await Session.begin(server.url, login);
    await page.goto('/login?next=/account');
    await signIn(page, login, password);
    await hydrated(page);

    const rules = page.getByRole('list', { name: 'Rules for the password' }).getByRole('listitem');
    const kept = rules.filter({ hasText: 'Done.' });
    const fresh = page.getByLabel('New password', { exact: true });
    await expect(rules).toHaveCount(5);
    await expect(kept).toHaveCount(0);
    for (const [typed, count] of [
      ['a', 1],
      ['aB', 2],
      ['aB3', 3],
      ['aB3#', 4],
      ['aB3#xyz', 5],
    ] as const) {
      await fresh.fill(typed);
      await expect(kept).toHaveCount(count);
    }
    await fresh.fill('P@ssw0rd!');
    await expect(rules.filter({ hasText: 'one of the most common ones' }), 'disguises don’t help').toBeVisible();

    const change = page.getByRole('button', { name: 'Change password' });
    await fill(page, { 'Current password': 'Wrong#2026', 'New password': 'Halyard#27', 'New password, again': 'Halyard#28' });
    await change.click();
    await expectFault(page.getByLabel('New password, again'), 'Type the same password twice.');
    await fill(page, { 'New password, again': 'Halyard#27' });
    await change.click();
    await expect(page.getByLabel('Current password')).toHaveAttribute('aria-invalid', 'true');
    await fill(page, { 'Current password': password });
    await change.click();
    await expect(toast(page, 'Your password was changed. You were signed out everywhere else.')).toBeVisible();
    await expect(page.getByLabel('Current password')).toHaveValue('');
    await page.reload();
    await expect(heading(page, 'Account'), 'this session goes on').toBeVisible();

    await expect(Session.begin(server.url, login)).rejects.toThrow();
    await Session.begin(server.url, login, 'Halyard#27');
    await page.context().clearCookies();
    await page.context().addCookies(elsewhere.storageState.cookies);
    await page.goto('/account');
    await expect(heading(page, 'Sign in'), 'the other one is over').toBeVisible();
  });
});

const colours = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test('the colours are chosen, and stay', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await visit(page, '/clients');
  const light = await colours(page);
  await openUserMenu(page);
  await page.getByText('Dark', { exact: true }).click();
  const dark = await colours(page);
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await colours(page), 'the server sends the page so').toBe(dark);
  await visit(page, '/account');
  expect(await colours(page)).toBe(dark);
  await openUserMenu(page);
  await expect(page.getByRole('radio', { name: 'Dark' })).toBeChecked();
  await page.getByText('Auto', { exact: true }).click();
  expect(await colours(page), 'as the system says').toBe(light);
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await colours(page)).toBe(dark);
});
