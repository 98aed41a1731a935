import { password } from './api';
import { axe, emptyBrowser, expect, heading, hydrated, signIn, visit } from './fixtures';
import { expectFault, fill, toast } from './form';
import { test } from './mail';

/** The path of the link in the last mail that has one to a page. */
const linkIn = (mails: string[], page: string) => {
  const [, path] = mails.map((mail) => mail.match(new RegExp(`https://console\\.example(/${page}/\\S+)`))).filter((match) => match !== null).at(-1) ?? [];
  return path;
};

test('a forgotten password is chosen anew by a link in a mail @once', async ({ server, mail, browser }, { project }) => {
  const login = `forgetful.${project.name}@northern.example`;
  server.tenantry(['user', 'create', '--login', login, '--email', login, '--first-name', 'Pat', '--last-name', 'Ivy', '--role', 'Auditor View'], password);
  const page = await emptyBrowser(browser);
  await page.goto(`${server.url}/login`);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(heading(page, 'Forgot your password?')).toBeVisible();
  await axe(page);
  for (const name of ['nobody@northern.example', login]) {
    await page.goto(`${server.url}/forgotten-password`);
    await page.getByLabel('Login name').fill(name);
    await page.getByRole('button', { name: 'Send link' }).click();
    await expect(heading(page, 'Check your email'), 'the same for every name').toBeVisible();
  }
  await axe(page);
  await expect.poll(() => linkIn(mail.mails, 'password')).toBeTruthy();
  expect(mail.mails.filter((text) => text.includes('/password/')), 'one mail for two names').toHaveLength(1);

  const link = `${server.url}${linkIn(mail.mails, 'password')}`;
  await visit(page, link);
  await expect(heading(page, 'Choose a new password')).toBeVisible();
  await axe(page);
  const fresh = page.getByLabel('New password', { exact: true });
  await fill(page, { 'New password': 'Homelesspa#1', 'New password, again': 'Homelesspa#1' });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expectFault(fresh, 'This password is one of the most common ones: choose another.');
  await fill(page, { 'New password': 'a lighthouse in the fog', 'New password, again': 'a lighthouse in the fog' });
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(heading(page, 'Your password is changed')).toBeVisible();
  await page.goto(link);
  await expect(heading(page, 'This link has expired'), 'it works once').toBeVisible();
  await page.goto(`${server.url}/clients`);
  await expect(heading(page, 'Sign in'), 'the link signs nobody in').toBeVisible();
  await signIn(page, login, password);
  await expect(page.getByRole('alert')).toHaveText('The login name or the password is wrong.');
  await signIn(page, login, 'a lighthouse in the fog');
  await expect(heading(page, 'Clients')).toBeVisible();
  await expect.poll(() => mail.mails.filter((text) => text.includes('from a new device')).length, 'a new device is told').toBeGreaterThan(0);
  await page.context().close();
});

test('works without scripts @once', async ({ server, mail, browser }, { project }) => {
  const login = `scriptless.${project.name}@northern.example`;
  server.tenantry(['user', 'create', '--login', login, '--email', login, '--first-name', 'Pat', '--last-name', 'Ivy', '--role', 'Auditor View'], password);
  const context = await browser.newContext({ javaScriptEnabled: false, storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto(`${server.url}/forgotten-password`);
  await page.getByLabel('Login name').fill(login);
  await page.getByRole('button', { name: 'Send link' }).click();
  await expect(heading(page, 'Check your email')).toBeVisible();
  await expect.poll(() => linkIn(mail.mails, 'password')).toBeTruthy();
  await context.close();
});

test('an e-mail address is changed by a link to the new one @once', async ({ server, mail, browser }, { project }) => {
  const [login, other] = ['mover', 'moved'].map((name) => `${name}.${project.name}@northern.example`);
  server.tenantry(['user', 'create', '--login', login, '--email', login, '--first-name', 'Pat', '--last-name', 'Ivy', '--role', 'Auditor View'], password);
  const page = await emptyBrowser(browser);
  await page.goto(`${server.url}/login?next=/account`);
  await signIn(page, login, password);
  await expect(heading(page, 'Account')).toBeVisible();
  await hydrated(page);
  const send = page.getByRole('button', { name: 'Send link' });
  await fill(page, { 'New e-mail address': other, Password: 'Wrong#2026' });
  await send.click();
  await expectFault(page.getByLabel('Password', { exact: true }), 'The current password is wrong.');
  await fill(page, { Password: password });
  await send.click();
  await expect(toast(page, `A link was mailed to ${other}.`)).toBeVisible();
  await expect(page.getByText(`Waiting for confirmation of ${other}`)).toBeVisible();
  await axe(page);
  await expect.poll(() => linkIn(mail.mails, 'email')).toBeTruthy();

  const reader = await emptyBrowser(browser);
  await visit(reader, `${server.url}${linkIn(mail.mails, 'email')}`);
  await expect(heading(reader, 'Confirm your e-mail address')).toBeVisible();
  await axe(reader);
  await page.reload();
  await expect(page.getByText(`Waiting for confirmation of ${other}`), 'opening the link isn’t enough').toBeVisible();
  await reader.getByRole('button', { name: 'Confirm' }).click();
  await expect(heading(reader, 'Your e-mail address is changed')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('definition').filter({ hasText: other })).toBeVisible();
  await expect.poll(() => mail.mails.filter((text) => text.includes(`to ${other}`)).length, 'the old address is told').toBe(1);
  await reader.context().close();
  await page.context().close();
});
