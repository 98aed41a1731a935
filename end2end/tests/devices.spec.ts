import { type Page } from '@playwright/test';
import { type File } from './picture';
import { expect, heading, test, visit } from './fixtures';
import { expectFault, expectFilled, fact, fill, section, summary, toast } from './form';

/** A device of client_9, and one of client_8. */
const [corps, labs] = ['/devices/cef92862-2f57-4065-8756-5cb8001d7282', '/devices/2912ca9f-5c62-451f-82a8-8c08ca9c9447'];

const names = (page: Page) => page.getByRole('table', { name: 'Devices' }).getByRole('rowheader');

test('a device is made, changed and deleted', async ({ page }, { project }) => {
  const name = `Reception ${project.name}`;
  await visit(page, '/devices');
  await page.getByRole('link', { name: 'Add device' }).click();
  await expect(heading(page, 'Add device')).toBeVisible();
  const add = page.getByRole('button', { name: 'Add device' });
  await fill(page, { 'IP address': '10.1.2', Make: 'Lenovo', Tags: 'x'.repeat(121) });
  await add.click();
  await expect(summary(page)).toBeFocused();
  await expect(summary(page).getByRole('listitem'), 'every wrong field at once').toHaveCount(4);
  await expectFault(page.getByRole('combobox', { name: 'Search client' }), 'Choose the client');
  await expectFault(page.getByLabel('IP address'), 'Enter an IP address such as 10.1.2.7');
  await expect(summary(page)).toContainText('Choose the type of the device.');
  await expectFilled(page, { Make: 'Lenovo', 'IP address': '10.1.2' });

  await fill(page, { Name: name, 'IP address': '10.1.2.7', Tags: 'leased\ncritical' });
  await pick1(page, 'Client', 'leoart lab', 'LeoArt Lab');
  await page.getByRole('radio', { name: 'Server' }).check();
  await page.getByRole('radio', { name: 'Desktop' }).check();
  await page.getByLabel('Resource type').selectOption('Laptop');
  await add.click();
  await expect(toast(page, `${name} was added.`)).toBeVisible();
  await expect(heading(page, name)).toBeVisible();
  await expect(fact(page, 'Type')).toHaveText('Desktop · Laptop');
  await expect(fact(page, 'Client').getByRole('link', { name: 'LeoArt Lab' })).toBeVisible();
  await expect(fact(page, 'Tags').getByRole('listitem')).toHaveText(['leased', 'critical']);
  await expect(section(page, 'Device groups')).toContainText('Not in any device group.');

  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(page.getByRole('combobox', { name: 'Search client' }), 'a device stays with its client').toHaveCount(0);
  await expectFilled(page, { Name: name, 'Resource type': 'Laptop', Tags: 'leased\ncritical' });
  await page.getByRole('radio', { name: 'Network device' }).check();
  await page.getByLabel('State').selectOption('Inactive');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(fact(page, 'Type')).toHaveText('Network device');
  await expect(page.getByText('Inactive', { exact: true })).toBeVisible();

  const address = new URL(page.url()).pathname;
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(question).toContainText('It isn’t in any device group, and no role lists it.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${name} was deleted.`)).toBeVisible();
  await expect(heading(page, 'Devices')).toBeVisible();
  await visit(page, address);
  await expect(heading(page, 'Device not found')).toBeVisible();
});

/** Picks the only one that can be chosen; the list closes by itself. */
async function pick1(page: Page, label: string, words: string, option: string) {
  await page.getByRole('combobox', { name: `Search ${label.toLowerCase()}`, exact: true }).fill(words);
  await page.getByRole('listbox', { name: label, exact: true }).getByRole('option').filter({ hasText: option }).click();
  await expect(page.getByRole('button', { name: `Remove ${option}` })).toBeVisible();
}

test('the list is searched, and filtered by type', async ({ page }) => {
  await visit(page, '/devices');
  await page.getByRole('searchbox', { name: 'Search devices' }).fill('hydlpt');
  await expect(names(page)).toHaveText(['HYDLPT044', 'HYDLPT159', 'HYDLPT204', 'HYDLPT223', 'HYDLPT420']);
  await page.getByRole('link', { name: 'Servers', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'No devices found' })).toBeVisible();
  await page.getByRole('link', { name: 'Desktops', exact: true }).click();
  await expect(page).toHaveURL(/q=hydlpt.*filter=desktop|filter=desktop.*q=hydlpt/);
  await expect(names(page)).toHaveCount(5);
});

test('two people who change one device don’t overwrite each other', async ({ page, context }) => {
  await visit(page, `${labs}/edit`);
  const other = await context.newPage();
  await visit(other, `${labs}/edit`);
  await fill(other, { Make: 'Dell' });
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(fact(other, 'Make')).toHaveText('Dell');
  await fill(page, { Model: 'Latitude' });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody else changed the device meanwhile.');
  await expectFilled(page, { Model: 'Latitude' });
  await page.getByRole('button', { name: 'Load it again' }).click();
  await expectFilled(page, { Make: 'Dell' });
});

const csv = (...lines: string[]): File => ({ name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from(lines.join('\n') + '\n') });

const chooseFile = (page: Page, file: File) => page.locator('input[type=file]').setInputFiles(file);

test('a file is looked at row by row, and imported when every row is right', async ({ page }, { project }) => {
  const prefix = `csv-${project.name}`;
  await visit(page, '/devices');
  await page.getByRole('link', { name: 'Import' }).click();
  await expect(heading(page, 'Import devices')).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download an example' }).click()]);
  expect(download.suggestedFilename()).toBe('devices.csv');

  const rows = Array.from({ length: 30 }, (_, at) => `client_8,${prefix}-${at},10.7.0.${at},Switch`);
  const head = 'client,name,IP address,type';
  await chooseFile(page, csv(head, ...rows, `Nobody Inc,${prefix}-x,10.7.1.300,Switch`, ...Array(120).fill('client_8,,,')));
  const preview = section(page, 'Preview');
  await expect(preview.getByRole('alert')).toContainText('121 of 151 rows have errors');
  const faults = preview.getByRole('table', { name: 'Errors' });
  await expect(faults.getByRole('row').filter({ hasText: 'Nobody Inc' })).toContainText(/32.*client.*Nobody Inc.*There is no client “Nobody Inc”/s);
  await expect(faults.getByRole('row').filter({ hasText: '10.7.1.300' })).toContainText(/32.*IP address.*10\.7\.1\.300.*Enter an IP address/s);
  await expect(faults.getByRole('rowheader')).toHaveCount(100);
  await expect(preview).toContainText('And 22 more errors.');
  const go = preview.getByRole('button', { name: /^Import / });
  await expect(go).toHaveAttribute('aria-disabled', 'true');
  await go.dispatchEvent('click');
  await expect(page.getByText(/imported\.$/), 'nothing is imported').toHaveCount(0);

  await chooseFile(page, csv(head, ...rows));
  await expect(preview.getByRole('status')).toContainText('30 devices at 1 client in the file.');
  await preview.getByRole('button', { name: 'Import 30 devices' }).click();
  await expect(page.getByText('30 devices were imported.')).toBeVisible();
  await page.getByRole('link', { name: 'See the devices' }).click();
  await page.getByRole('searchbox', { name: 'Search devices' }).fill(prefix);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–25 of 30');
});

test('devices that are there already are shown, and skipped, updated or imported again', async ({ page }, { project }) => {
  const [one, two, three] = ['one', 'two', 'three'].map((name) => `again-${project.name}-${name}`);
  await visit(page, '/devices/import');
  await chooseFile(page, csv('client,name,make', `client_8,${one},Dell`, `client_8,${two},Dell`));
  await page.getByRole('button', { name: 'Import 2 devices' }).click();
  await expect(page.getByText('2 devices were imported.')).toBeVisible();

  const again = csv('client,name,make', `client_8,${one},HP`, `client_8,${two},HP`, `client_8,${three},HP`, ',,');
  await chooseFile(page, again);
  const preview = section(page, 'Preview');
  await expect(preview).toContainText('2 devices are already there.');
  await expect(preview.getByRole('table', { name: 'Existing devices' }).getByRole('row').filter({ hasText: one })).toContainText(/Line 2.*Name/s);
  await expect(preview.getByRole('radio', { name: 'Skip them' })).toBeChecked();
  await preview.getByRole('button', { name: 'Import 1 new device' }).click();
  await expect(page.getByText('1 device was imported.')).toBeVisible();
  await expect(page.getByText('2 rows were skipped.')).toBeVisible();

  await chooseFile(page, again);
  await expect(preview).toContainText('3 devices are already there.');
  await preview.getByText('Update them from the file').click();
  await preview.getByRole('button', { name: 'Import 3 devices' }).click();
  await expect(page.getByText('3 devices were updated.')).toBeVisible();
  await visit(page, `/devices?q=again-${project.name}`);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–3 of 3');
});

test('what is no file of devices is told in a sentence', async ({ page }) => {
  await visit(page, '/devices/import');
  const alert = page.getByRole('alert');
  for (const [content, sentence] of [
    [Buffer.alloc(0), 'The file is empty'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), 'save the table as “CSV UTF-8”'],
    [Buffer.from('name,colour\nx,red\n'), 'There is no column “colour”'],
    [Buffer.from('client,make\nclient_8,Dell\n'), 'none of the columns name, host name and IP address'],
    [Buffer.from('name\nx\n'), 'The file names no client'],
    [Buffer.alloc(10 * 1024 * 1024 + 1, 'a'), 'The file is too large'],
  ] as const) {
    await chooseFile(page, { name: 'file.csv', mimeType: 'text/csv', buffer: content });
    await expect(alert).toContainText(sentence);
    await expect(page.getByRole('button', { name: /^Import / })).toHaveCount(0);
  }
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('sees and makes devices of its own client alone', async ({ page }, { project }) => {
    await visit(page, '/devices?q=hydlpt');
    await expect(names(page)).toHaveText(['HYDLPT044', 'HYDLPT159', 'HYDLPT204']);
    await visit(page, corps);
    await expect(heading(page, 'Device not found')).toBeVisible();
    await visit(page, '/devices/new');
    await expect(page.getByText('Belongs to LeoArt Lab.')).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Search client' })).toHaveCount(0);

    await visit(page, '/devices/import');
    await expect(page.getByRole('table', { name: 'Columns' }).getByRole('rowheader', { name: 'client' })).toHaveCount(0);
    const name = `own-${project.name}`;
    await chooseFile(page, csv('name,client', `${name},client_9`));
    await expect(page.getByRole('alert')).toContainText('1 of 1 row has errors');
    await chooseFile(page, csv('name', name));
    await page.getByRole('button', { name: 'Import 1 device' }).click();
    await expect(page.getByText('1 device was imported.')).toBeVisible();
    await visit(page, `/devices?q=${name}`);
    await expect(page.getByRole('row').filter({ hasText: name })).toContainText('LeoArt Lab');
  });
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads, and is told what is missing for more', async ({ page }) => {
    const why = /^Your roles do not include the permission “Devices: Manage”/;
    await visit(page, '/devices');
    for (const name of ['Add device', 'Import']) await expect(page.getByRole('link', { name })).toHaveAccessibleDescription(why);
    await visit(page, labs);
    await expect(page.getByRole('link', { name: 'Edit' })).toHaveAccessibleDescription(why);
    await expect(page.getByRole('button', { name: 'Delete' })).toHaveAccessibleDescription(why);
    await visit(page, '/devices/new');
    await expect(page.getByRole('heading', { name: 'You can’t add devices' })).toBeVisible();
    await visit(page, '/devices/import');
    await expect(page.getByRole('heading', { name: 'You can’t import devices' })).toBeVisible();
    await visit(page, `${labs}/edit`);
    await expect(page.getByRole('heading', { name: 'You can’t change this device' })).toBeVisible();
  });
});
