import { type Page } from '@playwright/test';
import { password } from './api';
import { emptyBrowser, expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { choose, expectFault, fact, fill, section, summary, tick, toast } from './form';

/** Reads a table of changes: label, before, after. */
const changes = (page: Page, caption: string) => page.getByRole('table', { name: caption }).locator('tbody').getByRole('row');

const review = (page: Page) => page.getByRole('button', { name: 'Review changes' });
const save = (page: Page) => page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();

test('details show the state, and lead to editing', async ({ page }) => {
  await visit(page, '/clients/client_8/settings');
  await expect(page).toHaveTitle('LeoArt Lab · Tenantry');
  await expect(page.locator('.page-header').getByText('Active', { exact: true })).toBeVisible();
  await expect(fact(page, 'Unique ID')).toHaveText('client_8');
  await expect(section(page, 'Network Architecture').getByRole('figure')).toHaveText([/Head office$/, /Data center$/]);
  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(heading(page, 'Edit LeoArt Lab')).toBeVisible();
  await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'LeoArt Lab' }).click();
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
});

test('what was changed is shown before it is saved', async ({ page, session }) => {
  const id = await session.makeClient({ name: 'Edit Me Ltd', city: 'Leeds' });
  await visit(page, `/clients/${id}/edit`);
  await expect(review(page)).toHaveAttribute('aria-disabled', 'true');
  await expect(review(page)).toHaveAccessibleDescription('Nothing is changed yet.');
  await fill(page, { 'Client Name': 'Edited Ltd', City: 'York' });
  await choose(page, 'Country', 'kingdom', 'United Kingdom');
  await tick(page, 'Add-ons', 'Offline Alerts');
  await review(page).click();
  await expect(changes(page, 'What will be saved')).toHaveText([
    /^Client Name\s*Edit Me Ltd\s*Edited Ltd$/,
    /^Country\s*United States\s*United Kingdom$/,
    /^Time Zone\s*America\/New_York\s*Europe\/London$/,
    /^City\s*Leeds\s*York$/,
    /^Add-ons\s*—\s*Offline Alerts$/,
  ]);
  await page.getByRole('button', { name: 'Go back to editing' }).click();
  await fill(page, { City: 'Leeds' });
  await review(page).click();
  await expect(changes(page, 'What will be saved')).toHaveCount(4);
  await save(page);
  await expect(heading(page, 'Edited Ltd')).toBeVisible();
  await expect(toast(page, 'Edited Ltd was saved.')).toBeVisible();
  await expect(fact(section(page, 'Client Details'), 'Country')).toHaveText('United Kingdom');
  await expect(fact(section(page, 'Product Packages and Add-Ons'), 'Add-Ons')).toHaveText('Offline Alerts');
  await expect(fact(page, 'Last updated')).toContainText('by Lea Artis');
});

test('wrong input is told before anything is saved', async ({ page, session }) => {
  const id = await session.makeClient({ name: 'Edited Wrongly Ltd' });
  await visit(page, `/clients/${id}/edit`);
  await fill(page, { 'Client Name': '', Email: 'nobody' });
  await review(page).click();
  await expect(summary(page)).toBeFocused();
  await expect(summary(page).getByRole('link')).toHaveText(["Enter the client's name.", 'Enter an e-mail address such as name@example.com.']);
  await summary(page).getByRole('link').last().click();
  await expect(page.getByLabel('Email')).toBeFocused();
  await expectFault(page.getByLabel('Email'), 'Enter an e-mail address');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('leaving with changes is asked about', async ({ page, session }) => {
  const id = await session.makeClient({ name: 'Leave Me Ltd' });
  await visit(page, `/clients/${id}/edit`);
  await fill(page, { City: 'Nowhere' });
  const questions: string[] = [];
  page.once('dialog', (dialog) => (questions.push(dialog.message()), dialog.dismiss()));
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(page.getByLabel('City')).toHaveValue('Nowhere');
  page.once('dialog', (dialog) => (questions.push(dialog.message()), dialog.accept()));
  await page.getByRole('link', { name: 'Cancel' }).click();
  await expect(heading(page, 'Leave Me Ltd')).toBeVisible();
  expect(questions).toEqual(Array(2).fill('Leave without saving your changes?'));
});

test.describe('when two people save the same client', () => {
  const begin = async (page: Page, other: Page, id: string) => {
    for (const device of [page, other]) await visit(device, `/clients/${id}/edit`);
    await fill(other, { City: 'Theirs', Zip: '11111' });
    await review(other).click();
    await save(other);
    await expect(fact(section(other, 'Client Details'), 'City')).toHaveText('Theirs');
    await fill(page, { City: 'Mine', State: 'Mine too' });
    await review(page).click();
    await save(page);
    const dialog = page.getByRole('dialog', { name: 'Somebody else saved this client' });
    await expect(dialog).toContainText('Lea Artis saved this client while you were editing it.');
    await expect(changes(page, 'What they changed')).toHaveText([/^City\s*Before\s*Theirs$/, /^Zip\s*—\s*11111$/]);
    await expect(changes(page, 'What you changed')).toHaveText([/^City\s*Before\s*Mine$/, /^State\s*—\s*Mine too$/]);
    return dialog;
  };

  test('the second one may put the own changes on top', async ({ page, browser, session }) => {
    const other = await (await browser.newContext()).newPage();
    const id = await session.makeClient({ name: 'Conflict Ltd', city: 'Before' });
    const dialog = await begin(page, other, id);
    await dialog.getByRole('button', { name: 'Apply my changes to theirs' }).click();
    await expect(changes(page, 'What will be saved')).toHaveText([/^City\s*Theirs\s*Mine$/, /^State\s*—\s*Mine too$/]);
    await save(page);
    const details = section(page, 'Client Details');
    await expect(fact(details, 'City')).toHaveText('Mine');
    await expect(fact(details, 'State')).toHaveText('Mine too');
    await expect(fact(details, 'Zip'), 'what only the other one changed stays').toHaveText('11111');
    await other.context().close();
  });

  test('the second one may also let them go', async ({ page, browser, session }) => {
    const other = await (await browser.newContext()).newPage();
    const id = await session.makeClient({ name: 'Second Conflict Ltd', city: 'Before' });
    const dialog = await begin(page, other, id);
    await dialog.getByRole('button', { name: 'Discard mine and see theirs' }).click();
    await expect(heading(page, 'Second Conflict Ltd')).toBeVisible();
    await expect(fact(section(page, 'Client Details'), 'City')).toHaveText('Theirs');
    await other.context().close();
  });
});

test('a password is never shown again, and can be replaced or removed', async ({ page, session }) => {
  const access = { key: 'a', access_type: 'SSH', ip_address: '10.1.2.7', password: 'Jump-Host-1' };
  const id = await session.makeClient({ name: 'Secrets Ltd', access: [access] });
  await visit(page, `/clients/${id}/edit`);
  expect(await page.content()).not.toContain('Jump-Host-1');
  const entry = section(page, 'Alternate Access Details').getByRole('listitem');
  await expect(entry.getByText('A password is stored.')).toBeVisible();
  await entry.getByRole('button', { name: 'Replace' }).click();
  await fill(entry, { Password: 'Jump-Host-2' });
  await review(page).click();
  await expect(changes(page, 'What will be saved')).toHaveText([/new password/]);
  await expect(page.getByRole('dialog').getByText('Jump-Host-2'), 'no secret is among the changes').toHaveCount(0);
  await save(page);
  const kept = fact(section(page, 'Alternate Access Details').getByRole('listitem'), 'Password');
  await expect(kept).toHaveText('Stored');
  await page.getByRole('link', { name: 'Edit' }).click();
  await entry.getByRole('button', { name: 'Remove', exact: true }).click();
  await review(page).click();
  await save(page);
  await expect(kept).toHaveText('—');
});

test('a suspended client’s users can’t sign in until it is activated', async ({ page, browser, session, server }, { project }) => {
  const id = await session.makeClient({ name: 'Suspend Me Ltd' });
  const login = `${project.name}@suspended.example`;
  server.tenantry(['user', 'create', '--login', login, '--first-name', 'Su', '--last-name', 'Spend', '--role', 'Customer', '--client', id], password);
  const other = await emptyBrowser(browser);
  await other.goto('/login');
  await signIn(other, login, password);
  await expect(heading(other, 'Suspend Me Ltd')).toBeVisible();

  await visit(page, `/clients/${id}`);
  await page.getByRole('button', { name: 'Suspend' }).click();
  const question = page.getByRole('dialog', { name: 'Suspend Suspend Me Ltd?' });
  await expect(question).toContainText('can’t sign in until you activate it again');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  await page.getByRole('button', { name: 'Suspend' }).click();
  await question.getByRole('button', { name: 'Suspend' }).click();
  await expect(toast(page, 'Suspend Me Ltd is suspended.')).toBeVisible();
  await expect(page.getByRole('main').getByText('Suspended', { exact: true })).toBeVisible();

  await other.reload();
  await expect(heading(other, 'Sign in'), 'signed out at once').toBeVisible();
  await signIn(other, login, password);
  await expect(other.getByRole('alert')).toHaveText('Your account isn’t active. Contact your administrator.');

  await visit(page, '/clients?q=Suspend+Me');
  await page.getByRole('button', { name: 'Actions for Suspend Me Ltd' }).click();
  await page.getByRole('button', { name: 'Activate…' }).click();
  await page.getByRole('dialog', { name: 'Activate Suspend Me Ltd?' }).getByRole('button', { name: 'Activate' }).click();
  await expect(toast(page, 'Suspend Me Ltd is active.')).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Active', exact: true })).toBeVisible();
  await hydrated(other);
  await signIn(other, login, password);
  await expect(heading(other, 'Suspend Me Ltd')).toBeVisible();
  await other.context().close();
});

test('a terminated client can be read only', async ({ page }) => {
  await visit(page, '/clients?status=terminated');
  await page.getByRole('table', { name: 'Clients' }).getByRole('rowheader').first().getByRole('link').click();
  await expect(page.getByText('This client was terminated')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Activate' })).toHaveCount(0);
  await visit(page, `${new URL(page.url()).pathname}/edit`);
  await expect(page.getByText('A terminated client can’t be changed.')).toBeVisible();
});

test.describe('a client’s own manager', () => {
  test.use({ who: 'clientManager' });

  test('changes its details, but not its state', async ({ page }) => {
    await visit(page, '/clients/client_8');
    await expect(page.getByRole('button', { name: 'Suspend' })).toHaveCount(0);
    await page.getByRole('link', { name: 'Edit' }).click();
    await expect(section(page, 'Agent Policies').getByRole('button', { name: 'Add New' })).toHaveAccessibleDescription('Only the partner adds to its catalogues.');
    await fill(page, { 'Contact Person': 'Mina Lind' });
    await review(page).click();
    await save(page);
    await expect(fact(section(page, 'Client Details'), 'Contact Person')).toHaveText('Mina Lind');
  });
});
