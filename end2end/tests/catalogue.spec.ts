import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { box, expectFault, fill, toast } from './form';

const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });
const open = (page: Page, name: string) => page.getByRole('button', { name: `Actions for ${name}` }).click();
const menu = (page: Page, name: string) => page.getByRole('group', { name: `Actions for ${name}` });

test('an item is added, changed, retired and restored', async ({ page, session }, { project }) => {
  const name = `Print Fleet ${project.name}`;
  await visit(page, '/catalogues/add-ons');
  await page.getByRole('button', { name: 'Add add-on' }).click();
  const editor = page.getByRole('dialog', { name: 'Add add-on' });
  await editor.getByRole('button', { name: 'Save' }).click();
  await expectFault(editor.getByLabel('Name'), 'Enter a name.');
  await fill(editor, { Name: 'Offline Alerts' });
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(editor.getByRole('alert'), 'the name is taken').toBeVisible();
  await fill(editor, { Name: name, Description: 'Printers, and what they need.' });
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `“${name}” was saved.`)).toBeVisible();
  await expect(row(page, name).getByRole('cell', { name: 'Printers, and what they need.' })).toBeVisible();

  await open(page, name);
  await menu(page, name).getByRole('button', { name: 'Edit' }).click();
  const changed = page.getByRole('dialog', { name: 'Edit add-on' });
  await expect(changed.getByLabel('Name')).toHaveValue(name);
  await fill(changed, { Description: 'Printers and paper.' });
  await changed.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, name)).toContainText('Printers and paper.');

  await open(page, name);
  await menu(page, name).getByRole('button', { name: 'Retire' }).click();
  await page.getByRole('dialog', { name: `Retire “${name}”?` }).getByRole('button', { name: 'Retire' }).click();
  await expect(row(page, name).getByText('Retired')).toBeVisible();
  const tab = (await session.makeDraft()).replace('client-details', 'add-ons');
  await visit(page, tab);
  await expect(box(page, 'Add-ons', 'Offline Alerts')).toBeVisible();
  await expect(box(page, 'Add-ons', name), 'a retired item isn’t offered').toHaveCount(0);

  await visit(page, '/catalogues/add-ons');
  await open(page, name);
  await menu(page, name).getByRole('button', { name: 'Restore' }).click();
  await page.getByRole('dialog', { name: `Restore “${name}”?` }).getByRole('button', { name: 'Restore' }).click();
  await expect(toast(page, `“${name}” is offered again.`)).toBeVisible();
  await expect(row(page, name).getByText('Retired')).toHaveCount(0);
  await visit(page, tab);
  await expect(box(page, 'Add-ons', name)).toBeVisible();
});

test('a service has technologies', async ({ page }, { project }) => {
  const name = `Quantum Annealer ${project.name}`;
  await visit(page, '/catalogues/services');
  const search = page.getByRole('searchbox', { name: 'Search Services' });
  await search.fill('kubernetes');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Container Platforms']);
  await page.getByRole('button', { name: 'Add technology' }).click();
  const editor = page.getByRole('dialog', { name: 'Add technology' });
  await fill(editor, { Name: name });
  await editor.getByRole('button', { name: 'Save' }).click();
  await expect(row(page, name)).toBeVisible();
  await search.fill('no such technology');
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible();
});

test('somebody else’s change isn’t overwritten', async ({ page, browser }) => {
  const other = await (await browser.newContext()).newPage();
  for (const device of [page, other]) {
    await visit(device, '/catalogues/integrations');
    await open(device, 'Zendesk');
    await menu(device, 'Zendesk').getByRole('button', { name: 'Edit' }).click();
  }
  for (const [device, description] of [
    [other, 'Theirs.'],
    [page, 'Mine.'],
  ] as const) {
    const editor = device.getByRole('dialog', { name: 'Edit custom integration' });
    await fill(editor, { Description: description });
    await editor.getByRole('button', { name: 'Save' }).click();
    if (device === other) await expect(row(other, 'Zendesk')).toContainText('Theirs.');
  }
  await expect(page.getByRole('dialog').getByRole('alert')).toContainText('Somebody else changed');
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
  await expect(row(page, 'Zendesk')).toContainText('Theirs.');
  await other.context().close();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads, and is told what is missing for more', async ({ page }) => {
    await visit(page, '/catalogues/packages');
    await expect(heading(page, 'Product Packages')).toBeVisible();
    const add = page.getByRole('button', { name: 'Add product package' });
    await expect(add).toHaveAttribute('aria-disabled', 'true');
    await expect(add).toHaveAccessibleDescription(/^Your roles do not include the permission/);
    await add.click({ force: true });
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });
});
