import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { expectFault, fact, fill, pick, section, toast } from './form';

const members = (page: Page) => page.getByRole('table', { name: 'Devices of the group' }).getByRole('rowheader');

test('a group is made, gets devices, loses one, and is deleted', async ({ page }, { project }) => {
  const name = `Laptops ${project.name}`;
  await visit(page, '/device-groups');
  await page.getByRole('link', { name: 'Add device group' }).click();
  const add = page.getByRole('button', { name: 'Add and choose devices' });
  await add.click();
  await expectFault(page.getByLabel('Name', { exact: true }), 'Enter the device group');
  await page.getByRole('combobox', { name: 'Search client' }).fill('leoart lab');
  await page.getByRole('option', { name: /^LeoArt Lab/ }).click();
  await fill(page, { Name: 'dev-group', Description: 'Carried about' });
  await add.click();
  await expectFault(page.getByLabel('Name', { exact: true }), 'has this name already');
  await fill(page, { Name: name });
  await add.click();
  await expect(heading(page, `Edit ${name}`)).toBeVisible();
  await expect(page.getByText('It can include devices of LeoArt Lab.')).toBeVisible();

  await page.getByRole('combobox', { name: 'Search devices' }).fill('HYDLPT223');
  await expect(page.getByRole('listbox').getByText('Nothing found'), 'another client’s device').toBeVisible();
  await page.keyboard.press('Escape');
  await pick(page, 'Devices', 'HYDLPT159', 'HYDLPT159');
  await pick(page, 'Devices', '172.28.16.15', 'HYDLPT204');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(members(page)).toHaveText([/HYDLPT159$/, /HYDLPT204$/]);
  await expect(fact(page, 'Description')).toHaveText('Carried about');
  await expect(fact(page, 'Organization')).toHaveText('LeoArt Lab');

  await members(page).getByRole('link', { name: 'HYDLPT204' }).click();
  await expect(section(page, 'Device groups').getByRole('link', { name })).toBeVisible();
  await section(page, 'Device groups').getByRole('link', { name }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('button', { name: 'Remove HYDLPT159' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(members(page)).toHaveText([/HYDLPT204$/]);

  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(question).toContainText('Its device stays. No role lists it.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${name} was deleted.`)).toBeVisible();
  await expect(heading(page, 'Device Groups')).toBeVisible();
  await visit(page, '/devices?q=HYDLPT204');
  await expect(page.getByRole('rowheader', { name: 'HYDLPT204' }), 'its device stays').toBeVisible();
});

test('a long group is read page by page, and changed without knowing all of it', async ({ page, session }, { project }) => {
  const name = `Long ${project.name}`;
  await visit(page, `/device-groups/${await session.makeDeviceGroup(name, 30)}`);
  await expect(members(page)).toHaveCount(25);
  await page.getByRole('link', { name: 'Next page' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('26–30 of 30');
  await expect(members(page)).toHaveCount(5);
  await expect(heading(page, name)).toBeVisible();

  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByText('And 5 more: search to find and remove them.')).toBeVisible();
  const search = page.getByRole('combobox', { name: 'Search devices' });
  await search.fill(`${name} 9`);
  const last = page.getByRole('option', { name: `${name} 9` });
  await expect(last, 'it is known to be in').toHaveAttribute('aria-selected', 'true');
  await last.click();
  await expect(page.getByText('And 4 more: search to find and remove them.')).toBeVisible();
  await search.press('Escape');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–25 of 29');
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('sees its own groups alone', async ({ page }) => {
    await visit(page, '/device-groups');
    const names = page.getByRole('table', { name: 'Device Groups' }).getByRole('rowheader');
    await expect(names.filter({ hasText: 'HYD-WINDOWS' })).toBeVisible();
    await expect(names.filter({ hasText: /Corp-|Watched at night|Branch offices/ })).toHaveCount(0);
    await visit(page, '/device-groups/new');
    await expect(page.getByRole('combobox', { name: 'Search client' })).toHaveCount(0);
  });
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads a group, and is told what is missing to change it', async ({ page }) => {
    const why = /“Devices: Manage”/;
    await visit(page, '/device-groups?q=hyd-windows');
    await expect(page.getByRole('link', { name: 'Add device group' })).toHaveAccessibleDescription(why);
    await page.getByRole('link', { name: 'HYD-WINDOWS' }).click();
    await expect(heading(page, 'HYD-WINDOWS')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Edit' })).toHaveAccessibleDescription(why);
    const address = new URL(page.url()).pathname;
    await visit(page, `${address}/edit`);
    await expect(page.getByRole('heading', { name: 'You can’t change this device group' })).toBeVisible();
  });
});
