import { type Page } from '@playwright/test';
import { axe, expect, heading, test, visit } from './fixtures';
import { expectFault, fact, toast } from './form';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Terminate the selected Client?' });
const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const button = (page: Page) => page.getByRole('button', { name: 'Terminate', exact: true }).first();

/** Ticks every statement of the dialog. */
async function tickAll(page: Page) {
  for (const box of await dialog(page).getByRole('checkbox').all()) await box.check();
}

test('one client is terminated from the list, after its name and every statement, and a receipt stays', async ({ page, session }, { project }) => {
  const name = `Leaving ${project.name}`;
  const id = await session.makeClient({ name, external_id: `L-${project.name}` });
  await session.make('devices/create', { client: id, draft: { name: 'Old printer' } });
  await visit(page, `/clients?q=${encodeURIComponent(name)}`);
  await expect(button(page)).toHaveAccessibleDescription('Select a client in the list first.');
  await page.getByRole('checkbox', { name: `Select ${name}` }).check();
  await button(page).click();

  const confirm = dialog(page).getByRole('button', { name: 'Terminate' });
  await expect(dialog(page).getByRole('listitem').filter({ hasText: 'Resources' })).toContainText('1');
  await expect(confirm).toHaveAccessibleDescription('Enter the client’s name as shown and tick 3 statements more.');
  await axe(page);
  await dialog(page).getByLabel('Confirm client name').fill(name.toLowerCase());
  await tickAll(page);
  await expect(confirm).toHaveAccessibleDescription('Enter the client’s name as shown.');
  await dialog(page).getByLabel('Confirm client name').fill(name);
  await dialog(page).getByRole('checkbox').first().uncheck();
  await expect(confirm).toHaveAccessibleDescription('Tick 1 statement more.');
  await dialog(page).getByRole('checkbox').first().check();
  await confirm.click();

  await expect(dialog(page)).toBeHidden();
  await expect(toast(page, `Termination of ${name}:`)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No client found' }), 'it left the plain list').toBeVisible();

  await visit(page, `/clients?status=terminated&q=${encodeURIComponent(name)}`);
  await expect(row(page, name)).toContainText('Terminated');
  await page.getByRole('link', { name, exact: true }).click();
  await expect(page.getByText('Everything but this record was erased.')).toBeVisible();
  await expect(fact(page, 'Requested by')).toContainText('admin@leoart.example');
  await expect(fact(page, 'Resources')).toHaveText('1');
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await axe(page);
});

test('with two clients ticked, the button says why it does nothing', async ({ page, session }, { project }) => {
  for (const name of ['One', 'Two']) await session.makeClient({ name: `Pair ${name} ${project.name}` });
  await visit(page, `/clients?q=${encodeURIComponent('Pair')}`);
  for (const name of ['One', 'Two']) await page.getByRole('checkbox', { name: `Select Pair ${name} ${project.name}` }).check();
  await expect(button(page)).toHaveAccessibleDescription('You can terminate only one client at a time.');
  // It says that it is disabled, and a press does nothing.
  await button(page).click({ force: true });
  await expect(dialog(page)).toBeHidden();
});

test('a client is terminated from its own page by keyboard alone', async ({ page, session }, { project }) => {
  const name = `Keyboard ${project.name}`;
  const id = await session.makeClient({ name });
  await visit(page, `/clients/${id}`);
  await button(page).focus();
  await page.keyboard.press('Enter');
  await dialog(page).getByLabel('Confirm client name').focus();
  await page.keyboard.type(name);
  for (let box = 0; box < 3; box += 1) {
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
  }
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Everything but this record was erased.')).toBeVisible();
  await expect(heading(page, name)).toBeVisible();
});

test('a name that another changed meanwhile is refused with everything typed', async ({ page, session }, { project }) => {
  const name = `Renamed ${project.name}`;
  const id = await session.makeClient({ name });
  await visit(page, `/clients/${id}`);
  await button(page).click();
  await dialog(page).getByLabel('Confirm client name').fill(name);
  await tickAll(page);
  const draft = { name: `${name} Ltd`, address: '1 Test Street', country: 'USA', time_zone: 'America/New_York' };
  await session.make('clients/update', { id, version: 1, draft });
  await dialog(page).getByRole('button', { name: 'Terminate' }).click();
  await expectFault(dialog(page).getByLabel('Confirm client name'), `Enter the client’s name as shown: ${name} Ltd`);
  await expect(dialog(page).getByLabel('Confirm client name')).toHaveValue(name);
});

test('jobs are listed with their progress and what came of them', async ({ page, session }, { project }) => {
  const name = `Listed ${project.name}`;
  const id = await session.makeClient({ name });
  await session.make('clients/terminate', { id, draft: { name, statements: ['forever', 'erased', 'signed_out'] } });
  await visit(page, '/jobs');
  const job = page.getByRole('row').filter({ hasText: `Termination of ${name}` });
  await expect(job).toContainText('Succeeded', { timeout: 20_000 });
  await expect(job).toContainText('erased');
  await axe(page);
  await job.getByRole('link').first().click();
  await expect(heading(page, `Termination of ${name}`)).toBeVisible();
  await expect(page.getByRole('main').getByText('Only the client’s bare record and the receipt remain.')).toBeVisible();
  await axe(page);
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('has nothing to tick and sees no terminations of others', async ({ page, sessions }, { project }) => {
    const [admin, name] = [await sessions('admin'), `Unseen ${project.name}`];
    const id = await admin.makeClient({ name });
    await admin.make('clients/terminate', { id, draft: { name, statements: ['forever', 'erased', 'signed_out'] } });
    await visit(page, '/clients');
    await expect(page.getByRole('checkbox', { name: /^Select / })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Terminate' })).toHaveCount(0);
    // Exports of the audit log are there for whoever sees the log.
    await visit(page, '/jobs');
    await expect(heading(page, 'Jobs')).toBeVisible();
    await expect(page.getByRole('main')).not.toContainText(name);
  });
});
