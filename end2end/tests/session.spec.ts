import { password } from './api';
import { emptyBrowser, expect, heading, hydrated, openUserMenu, signIn, test, visit } from './fixtures';
import { picture } from './picture';

test.use({ who: null });

const refusal = 'The login name or the password is wrong.';

test('signing in leads to where one wanted to go', async ({ page }) => {
  await page.goto('/clients/client_8');
  await expect(heading(page, 'Sign in')).toBeVisible();
  await signIn(page, 'viewer@leoart.example', password);
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  await expect(page).toHaveURL('/clients/client_8');
  await hydrated(page);
  await page.goto('/login');
  await expect(page, 'who is signed in has no use for the form').toHaveURL('/');
});

test('the form never leads to another site', { tag: '@once' }, async ({ page }) => {
  await page.goto('/login?next=//evil.example/');
  await signIn(page, 'viewer@leoart.example', password);
  await expect(page).toHaveURL('/');
  await expect(heading(page, 'Home')).toBeVisible();
});

test.describe('a wrong password', () => {
  test.use({ extraHTTPHeaders: { 'X-Forwarded-For': '198.51.100.1' } });

  test('is refused in the same words as an unknown name', async ({ page }) => {
    await page.goto('/login');
    for (const login of ['var.user@leoart.example', 'nobody@leoart.example']) {
      await signIn(page, login, 'Wrong#2026');
      await expect(page.getByRole('alert')).toHaveText(refusal);
      await expect(page.getByLabel('Login name')).toHaveValue(login);
      await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
      await hydrated(page);
      await expect(page.getByLabel('Password', { exact: true }), 'ready for another try').toBeFocused();
      await expect(page, 'no name stands in the address').not.toHaveURL(/leoart/);
    }
    await page.reload();
    await expect(page.getByRole('alert'), 'it is told once').toHaveCount(0);
  });
});

test.describe('many wrong passwords', () => {
  test.use({ extraHTTPHeaders: { 'X-Forwarded-For': '198.51.100.2' } });

  for (const [kind, login] of [
    ['an account', 'auditor.manage@leoart.example'],
    ['no account', 'nobody.else@leoart.example'],
  ] as const) {
    test(`lock ${kind} for longer and longer`, { tag: '@once' }, async ({ page }) => {
      const alert = page.getByRole('alert');
      await page.goto('/login');
      await expect(async () => {
        await signIn(page, login, 'Wrong#2026');
        await expect(alert).toHaveText(/Wait [4-8] seconds and try again\.$/, { timeout: 1 });
      }, 'the wait has grown').toPass({ intervals: [1], timeout: 30_000 });
      await signIn(page, login, password);
      await expect(alert, 'the right password has to wait too').toHaveText(/^Too many attempts\. Wait \d seconds?/);
    });
  }
});

test('a password can be looked at while it is typed', async ({ page }) => {
  await visit(page, '/login');
  const field = page.getByLabel('Password', { exact: true });
  await expect(field).toHaveAttribute('type', 'password');
  await page.getByRole('button', { name: 'Show' }).click();
  await expect(field).toHaveAttribute('type', 'text');
});

test('signing out ends the session', async ({ page, context }) => {
  await page.goto('/login');
  await signIn(page, 'technician@leoart.example', password);
  await hydrated(page);
  const { cookies } = await context.storageState();
  await openUserMenu(page);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await context.addCookies(cookies);
  await page.goto('/clients');
  await expect(page, 'a kept cookie is worth nothing').toHaveURL('/login?next=/clients');
});

test('a picture can’t be looked at again after signing out', async ({ page }) => {
  await page.goto('/login');
  await signIn(page, 'technician@leoart.example', password);
  await visit(page, '/account');
  await page.locator('input[type=file]').setInputFiles(picture('me.png'));
  const avatar = page.getByRole('banner').locator('img');
  await expect.poll(() => avatar.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(24);
  const address = (await avatar.getAttribute('src'))!;
  await openUserMenu(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  const kept = await page.evaluate(async (address) => (await fetch(address, { cache: 'force-cache' })).status, address);
  expect(kept, 'the browser kept nothing').toBe(401);
  expect((await page.goto(address))!.status()).toBe(401);
});

test('signing out everywhere ends the sessions of all devices', async ({ page, browser, isMobile }) => {
  const other = await emptyBrowser(browser);
  for (const device of [page, other]) {
    await device.goto('/login');
    await signIn(device, 'dispatcher@leoart.example', password);
    await hydrated(device);
  }
  await visit(other, '/clients');
  await visit(page, '/account');
  const sessions = page.getByRole('table', { name: 'Your sessions' });
  await expect(sessions.getByRole('row').filter({ hasText: isMobile ? 'Chrome on Android' : 'Chrome on' })).toHaveCount(2);
  await expect(sessions.getByText('This device')).toHaveCount(1);
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('dialog', { name: 'Sign out everywhere?' }).getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();

  await other.getByRole('columnheader', { name: 'Created' }).getByRole('link').click();
  const dialog = other.getByRole('dialog', { name: 'Sign in again' });
  await dialog.getByLabel('Password', { exact: true }).fill(password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toBeHidden();
  await expect(other, 'the link is followed').toHaveURL('/clients?sort=created');
  await expect(other.getByRole('columnheader', { name: 'Created' })).toHaveAttribute('aria-sort', 'ascending');
  await other.context().close();
});
