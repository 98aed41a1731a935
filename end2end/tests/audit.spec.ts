import { readFileSync } from 'node:fs';
import { type Page } from '@playwright/test';
import { password } from './api';
import { axe, expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { expectFault, section, toast } from './form';

/** The records. On a phone, the table has no row of headings. */
const rows = (page: Page) => page.getByRole('table', { name: 'Audit Log' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
const first = (page: Page) => rows(page).first();

/** Opens what stands behind Advanced, unless it is open. */
async function advanced(page: Page) {
  if (!(await page.getByLabel('Object', { exact: true }).isVisible())) await page.getByText('Advanced', { exact: true }).click();
}

test('the log says who did what, and is filtered by its address', async ({ page, session }, { project }) => {
  const name = `Audited ${project.name}`;
  const client = await session.makeClient({ name, city: 'Zürich' });
  await visit(page, '/audit');
  await expect(heading(page, 'Audit Log')).toBeVisible();
  const record = rows(page).filter({ hasText: client }).filter({ hasText: 'Client added' });
  await expect(record).toContainText('admin@leoart.example');
  await expect(record).toContainText('Page');
  await record.getByText(/^\d+ changes$/).click();
  await expect(record.getByText('City: Zürich')).toBeVisible();
  await axe(page);

  await advanced(page);
  await page.getByLabel('Client', { exact: true }).fill('nine');
  await page.getByLabel('From', { exact: true }).fill('yesterday');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expectFault(page.getByLabel('Client', { exact: true }), 'Enter the ID of a client, such as client_9.');
  await expectFault(page.getByLabel('From', { exact: true }), 'Enter a date such as 2026-11-28, or a date and time such as 2026-11-28T14:30.');
  await page.getByLabel('From', { exact: true }).fill('2026-01-01');
  await page.getByLabel('Client', { exact: true }).fill(client);
  await page.getByLabel('Action', { exact: true }).selectOption({ label: 'Client added' });
  await page.getByLabel('Who', { exact: true }).fill('admin@leoart.example');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?from=2026-01-01&who=admin%40leoart.example&action=client.create&client=${client}$`));
  await expect(rows(page)).toHaveCount(1);
  await axe(page);
  await page.reload();
  await expect(rows(page), 'the address says all').toHaveCount(1);
  await expect(page.getByLabel('Who', { exact: true })).toHaveValue('admin@leoart.example');
  await page.getByRole('link', { name: 'Clear All' }).click();
  await expect(page).toHaveURL(/\/audit$/);
  await visit(page, '/audit?until=tomorrow');
  await expectFault(page.getByLabel('Until', { exact: true }), 'Enter a date such as 2026-11-28, or a date and time such as 2026-11-28T14:30.');
  await visit(page, '/audit');

  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill(name);
  await expect(page).toHaveURL(/q=Audited/);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole('searchbox', { name: 'Search the audit log' }).fill('nobody wrote this');
  await expect(page.getByRole('heading', { name: 'No records found' })).toBeVisible();
});

test('new records appear while one watches, and what is open stays open', async ({ page, session }, { project }) => {
  const [one, two] = [`Watched ${project.name} one`, `Watched ${project.name} two`];
  await session.makeClient({ name: one });
  await visit(page, '/audit');
  const open = rows(page).filter({ hasText: 'Client added' }).first();
  await open.getByText(/^\d+ changes$/).click();
  await expect(open.getByText(`Client Name: ${one}`)).toBeVisible();
  const client = await session.makeClient({ name: two });
  await expect(rows(page).filter({ hasText: client })).toBeVisible();
  await expect(page.getByText(`Client Name: ${one}`), 'the reader isn’t disturbed').toBeVisible();
});

test('refusals are records', async ({ page, browser, server }, { project }) => {
  const login = `${project.name}.guessed@audit.example`;
  server.tenantry(['user', 'create', '--login', login, '--first-name', 'Pat', '--last-name', 'Ivy', '--role', 'Technician'], password);
  const stranger = await (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();
  await stranger.goto('/login');
  await signIn(stranger, login, 'Wrong#2026');
  await expect(stranger.getByRole('alert')).toBeVisible();
  await stranger.goto('/login');
  await signIn(stranger, login, password);
  await expect(stranger).not.toHaveURL(/\/login/);
  const answer = await stranger.goto('/audit');
  expect(answer!.status()).toBe(403);
  await stranger.context().close();
  await visit(page, `/audit?who=${encodeURIComponent(login)}`);
  await expect(rows(page).filter({ hasText: 'Sign-in failed' })).toHaveCount(1);
  await expect(rows(page).filter({ hasText: 'Request refused' }).first()).toContainText('GET /audit');
});

test('what the list shows is exported by a job', async ({ page, session }, { project }) => {
  const client = await session.makeClient({ name: `Exported ${project.name}` });
  for (const [button, ending, begins] of [
    ['Export CSV', 'csv', '\uFEFF"ID","Time"'],
    ['Export JSON Lines', 'jsonl', '{'],
  ] as const) {
    await visit(page, `/audit?client=${client}`);
    await page.getByRole('button', { name: button }).click();
    await expect(page).toHaveURL(/\/jobs\/job_\d+$/);
    await expect(page.getByText('Succeeded').first()).toBeVisible({ timeout: 30_000 });
    await page.reload();
    await hydrated(page);
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download file' }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toMatch(new RegExp(`^audit-log-\\d{4}-\\d\\d-\\d\\d\\.${ending}$`));
    const text = readFileSync(await file.path(), 'utf8');
    expect(text.startsWith(begins)).toBe(true);
    expect(text).toContain(client);
    expect(text, 'only what was filtered').not.toContain('client_9');
  }
});

test('clients, users and roles show their records', async ({ page, session }, { project }) => {
  const client = await session.makeClient({ name: `Shown ${project.name}` });
  await visit(page, `/clients/${client}/audit`);
  const log = section(page, 'Audit Log');
  await expect(log.getByRole('row').filter({ hasText: 'Client added' })).toBeVisible();
  await page.getByRole('button', { name: 'Suspend' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^Suspend/ }).click();
  await expect(log.getByRole('row').filter({ hasText: 'Client suspended' }), 'while one is there').toBeVisible();
  await axe(page);
  await log.getByRole('link', { name: 'All records' }).click();
  await expect(page).toHaveURL(new RegExp(`/audit\\?client=${client}$`));
  await expect(rows(page)).toHaveCount(2);

  await visit(page, '/users/USR0000000001');
  await section(page, 'Audit Log').getByRole('link', { name: 'Their activity' }).click();
  await expect(page).toHaveURL(/\/audit\?who=USR0000000001$/);
  await visit(page, '/users/USR0000000001');
  await section(page, 'Audit Log').getByRole('link', { name: 'All records' }).click();
  await expect(page).toHaveURL(/\/audit\?object=USR0000000001$/);
  await visit(page, '/roles?q=Technician');
  await page.getByRole('rowheader').getByRole('link', { name: 'Technician', exact: true }).click();
  await section(page, 'Audit Log').getByRole('link', { name: 'All records' }).click();
  await expect(page).toHaveURL(/\/audit\?object=ROLE-/);
});

test('retention is a setting', async ({ page }, { project }) => {
  await visit(page, '/settings');
  const days = page.getByLabel('Store records for');
  await days.fill('7');
  await page.getByRole('button', { name: 'Change retention' }).click();
  await expectFault(days, 'Enter a number of days from 30 to 36500, or leave it empty to store records forever.');
  const number = project.name === 'phone' ? '400' : '365';
  await days.fill(number);
  await page.getByRole('button', { name: 'Change retention' }).click();
  await expect(toast(page, 'Retention saved.')).toBeVisible();
  await axe(page);
  await page.reload();
  await expect(days).toHaveValue(number);
  await visit(page, '/audit?action=audit.retention');
  await first(page).getByText('1 change', { exact: true }).click();
  await expect(first(page).getByText(`→ ${number} days`)).toBeVisible();
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('sees the client’s records alone, and not who at the provider made them', async ({ page, sessions }, { project }) => {
    const admin = await sessions('admin');
    await admin.make('user-groups/create', { client: 'client_8', draft: { name: `Watched by ${project.name}` } });
    await visit(page, '/audit');
    await expect(rows(page).filter({ hasText: 'client8.admin@leoart.example' }).first()).toBeVisible();
    const made = rows(page).filter({ hasText: 'User group added' }).first();
    await expect(made).toContainText('Your provider');
    await expect(page.getByRole('main')).not.toContainText(/(^|[^.\w])admin@leoart\.example/);
    await visit(page, '/audit?client=client_9');
    await expect(page.getByRole('heading', { name: 'No records found' })).toBeVisible();
    await visit(page, '/clients/client_8/audit');
    await expect(rows(page).first()).toBeVisible();
  });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('the log is read and filtered', async ({ page }) => {
    await page.goto('/audit');
    await expect(first(page)).toBeVisible();
    await advanced(page);
    await page.getByLabel('Action', { exact: true }).selectOption({ label: 'Signed in' });
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(page).toHaveURL(/action=session\.sign-in/);
    await expect(first(page)).toContainText('Signed in');
    await expect(page.getByRole('button', { name: 'Export CSV' })).toBeHidden();
  });
});
