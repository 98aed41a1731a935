import { password, Session } from './api';
import { axe, expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { section, toast } from './form';

test.describe('one’s own sessions', () => {
  test.use({ who: null });

  test('are ended one by one, and all others at once', async ({ page, server }, { project }) => {
    const login = `${project.name}@sessions.example`;
    server.tenantry(['user', 'create', '--login', login, '--first-name', 'Pat', '--last-name', 'Ivy', '--role', 'Auditor View'], password);
    const others = [await Session.begin(server.url, login), await Session.begin(server.url, login), await Session.begin(server.url, login)];
    await page.goto('/login?next=/account');
    await signIn(page, login, password);
    await hydrated(page);
    const rows = page.getByRole('table', { name: 'Your sessions' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows).toHaveCount(4);
    const own = rows.filter({ hasText: 'This device' });
    await expect(own).toHaveCount(1);
    await expect(own.getByRole('button'), 'this one is signed out of instead').toHaveCount(0);
    await axe(page);

    await rows.getByRole('button', { name: /^End/ }).first().click();
    await expect(toast(page, 'The session has ended.')).toBeVisible();
    await expect(rows).toHaveCount(3);
    await page.getByRole('button', { name: 'End all others' }).click();
    await page.getByRole('dialog', { name: 'End all other sessions?' }).getByRole('button', { name: 'End all others' }).click();
    await expect(rows).toHaveCount(1);
    await page.reload();
    await expect(heading(page, 'Account'), 'this session goes on').toBeVisible();
    for (const other of others) {
      await page.context().clearCookies();
      await page.context().addCookies(other.storageState.cookies);
      await page.goto('/account');
      await expect(heading(page, 'Sign in'), 'the others are over').toBeVisible();
    }
  });
});

test('sessions of a user are ended by who manages them', async ({ page, server }, { project }) => {
  const login = `${project.name}.managed@sessions.example`;
  server.tenantry(['user', 'create', '--login', login, '--first-name', 'Pat', '--last-name', `Ivy ${project.name}`, '--role', 'Auditor View'], password);
  await Session.begin(server.url, login);
  await Session.begin(server.url, login);
  await visit(page, `/users?q=${encodeURIComponent(login)}`);
  await page.getByRole('rowheader').getByRole('link').click();
  const rows = page.getByRole('table', { name: 'Sessions' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(rows).toHaveCount(2);
  await rows.getByRole('button', { name: /^End/ }).first().click();
  await expect(rows).toHaveCount(1);
  await axe(page);
  await page.getByRole('button', { name: 'End all sessions' }).click();
  await page.getByRole('dialog', { name: 'End all sessions?' }).getByRole('button', { name: 'End all sessions' }).click();
  await expect(section(page, 'Sessions').getByText('Not signed in anywhere.')).toBeVisible();
});

test.describe('who manages nobody', () => {
  test.use({ who: 'viewer' });

  test('sees no sessions of others', async ({ page }) => {
    await visit(page, '/users/USR0000000001');
    await expect(heading(page, 'Lea Artis')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Sessions' })).toHaveCount(0);
  });
});
