import { readFileSync } from 'node:fs';
import { type Page } from '@playwright/test';
import { axe, expect, heading, test, users, visit } from './fixtures';
import { expectFault, fact, fill, section, summary, toast } from './form';

const runs = (page: Page) => page.getByRole('table', { name: 'Runs' });
const save = (page: Page) => page.getByRole('button', { name: 'Save' });

/** The lines of a CSV file whose cells are all in quotes. */
function parse(file: string): string[][] {
  expect(file.startsWith('\uFEFF'), 'it says that it is UTF-8').toBe(true);
  const lines = file.slice(1).split('\r\n');
  expect(lines.pop(), 'the last line ends too').toBe('');
  return lines.map((line) => [...line.matchAll(/"((?:[^"]|"")*)"(?:,|$)/g)].map(([, cell]) => cell.replaceAll('""', '"')));
}

/** The file of the latest run, as it is downloaded. */
async function download(page: Page): Promise<{ name: string; lines: string[][] }> {
  const waiting = page.waitForEvent('download');
  await runs(page).getByRole('link', { name: /^Download CSV/ }).first().click();
  const file = await waiting;
  return { name: file.suggestedFilename(), lines: parse(readFileSync(await file.path(), 'utf8')) };
}

const TITLES = [
  ...['Tenant ID', 'Partner Name', 'Client Name', 'Unique ID', 'Email', 'Address', 'City', 'State', 'Country', 'Zip', 'Phone Number', 'Mobile Number'],
  ...['Contact Person Name', 'Time Zone', 'External ID', 'Activated', 'Date Created', 'Last Updated By', 'Desktops', 'Servers', 'Network Devices', 'Other Devices'],
];

test('Export of a filtered list leads to a file with its rows', async ({ page }, { project }) => {
  const name = `LeoArts ${project.name}`;
  await visit(page, '/clients?q=leoart');
  const listed = await page.getByRole('table', { name: 'Clients' }).getByRole('rowheader').allTextContents();
  await page.getByRole('link', { name: 'Export' }).click();
  await expect(heading(page, 'Add report')).toBeVisible();
  await expect(page.getByRole('radio', { name: /^Active and suspended clients that match “leoart”/ })).toBeChecked();
  const ticks = page.getByRole('group', { name: 'Attributes' }).getByRole('checkbox');
  await expect(ticks).toHaveCount(22);
  for (const tick of await ticks.all()) await expect(tick).toBeChecked();
  await expect(page.getByText('No mail server is configured, so e-mail notifications aren’t available.')).toBeVisible();
  await fill(page, { Name: name });
  await save(page).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(runs(page).getByRole('link', { name: /^Download CSV/ })).toBeVisible();
  await expect(runs(page)).toContainText('3');
  await expect(runs(page).getByRole('link', { name: 'Succeeded' })).toBeVisible();

  const { name: file, lines } = await download(page);
  expect(file).toMatch(new RegExp(`^leoarts-${project.name}-\\d{4}-\\d\\d-\\d\\d\\.csv$`));
  const [titles, partner, ...clients] = lines;
  expect(titles).toEqual(TITLES);
  expect([partner[0], partner[1], partner[2]]).toEqual(['msp_1', 'LeoArt Inc', '']);
  for (const title of ['Desktops', 'External ID', 'Network Devices', 'Servers', 'Other Devices']) expect(partner[TITLES.indexOf(title)], title).toBe('NA');
  expect(clients.map((line) => line[2]).sort()).toEqual([...listed].sort());
  const lab = clients.find((line) => line[0] === 'client_8')!;
  expect([lab[3], lab[14], lab[15]]).toEqual(['msp_1', 'LEO-LAB', 'Yes']);
  expect(lab[16]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00$/);
});

test('a schedule shows its runs before it is saved, and is paused, resumed and deleted', async ({ page }, { project }) => {
  const name = `Month end ${project.name}`;
  await visit(page, '/reports/tenant-profiles');
  await page.getByRole('link', { name: 'Add report' }).click();
  await fill(page, { Name: '', 'Days to store files': '0' });
  await page.getByRole('button', { name: 'Select none' }).click();
  await save(page).click();
  await expect(summary(page)).toContainText('Choose at least one attribute.');
  await expectFault(page.getByLabel('Name', { exact: true }), 'Enter the report’s name.');
  await expectFault(page.getByLabel('Days to store files'), 'Enter a number of days from 1 to 366.');
  await page.getByRole('button', { name: 'Select all' }).click();
  await fill(page, { Name: name, 'Days to store files': '30' });

  await page.getByRole('radio', { name: 'Monthly' }).check();
  await fill(page, { 'Day of the month': '31', Time: '23:45' });
  const planned = section(page, 'Schedule').getByRole('listitem');
  await expect(planned).toHaveCount(3);
  for (const run of await planned.allTextContents()) expect(run).toMatch(/^\w{3} \d{4}-\d\d-(28|29|30|31) 23:45 \(UTC\+00:00\)$/);
  await fill(page, { 'Day of the month': '32' });
  await expect(planned, 'a wrong day has no runs').toHaveCount(0);
  await fill(page, { 'Day of the month': '31' });
  await expect(planned).toHaveCount(3);
  await axe(page);
  await save(page).click();

  await expect(heading(page, name)).toBeVisible();
  await expect(fact(page, 'Schedule')).toHaveText('Every month on its last day at 23:45, UTC');
  await expect(fact(page, 'Next runs')).toContainText('23:45 (UTC+00:00)');
  await expect(page.getByText('It hasn’t run yet.')).toBeVisible();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByText('Paused', { exact: true })).toBeVisible();
  await expect(page.getByRole('term').filter({ hasText: 'Next runs' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(fact(page, 'Next runs')).toContainText('23:45 (UTC+00:00)');
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(runs(page).getByRole('link', { name: 'Succeeded' })).toBeVisible();
  await axe(page);

  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(heading(page, `Edit ${name}`)).toBeVisible();
  await page.getByRole('radio', { name: 'Weekly' }).check();
  await page.getByLabel('Day of the week').selectOption('Friday');
  await page.getByRole('checkbox', { name: 'Zip', exact: true }).uncheck();
  await save(page).click();
  // The message of the first time may still be there.
  await expect(toast(page, `${name} was saved.`).last()).toBeVisible();
  await expect(fact(page, 'Schedule')).toHaveText('Every Friday at 23:45, UTC');
  await page.getByRole('button', { name: 'Run now' }).click();
  await expect(runs(page).getByRole('link', { name: 'Succeeded' })).toHaveCount(2);
  const { lines } = await download(page);
  expect(lines[0]).toEqual(TITLES.filter((title) => title !== 'Zip'));

  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(question).toContainText('Its 2 runs and their files are deleted too.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${name} was deleted.`)).toBeVisible();
  await expect(heading(page, 'Tenant Profiles')).toBeVisible();
  await axe(page);
});

test('the audit log is exported', async ({ page }, { project }) => {
  const name = `Who did what ${project.name}`;
  await visit(page, '/reports/audit-log');
  await page.getByRole('link', { name: 'Add report' }).click();
  await fill(page, { Name: name });
  await save(page).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(runs(page).getByRole('link', { name: 'Succeeded' })).toBeVisible();
  const { lines } = await download(page);
  expect(lines[0]).toEqual(['Time', 'Who', 'IP Address', 'Action', 'Object', 'Changes']);
  const made = lines.find((line) => line[3] === 'report.create');
  expect(made?.[1]).toBe(users.admin);
});

test.describe('in Berlin', () => {
  test.use({ timezoneId: 'Europe/Berlin' });

  test('the time zone is the computer’s', { tag: '@once' }, async ({ page }) => {
    await visit(page, '/reports/tenant-profiles/new');
    await expect(page.getByRole('combobox', { name: 'Time Zone' })).toHaveValue('Europe/Berlin');
    await page.getByRole('radio', { name: 'Daily' }).check();
    await expect(section(page, 'Schedule').getByRole('listitem').first()).toContainText(/08:00 \(UTC\+0[12]:00\)$/);
  });
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('downloads what others made, and is told what is missing to make one', async ({ page }) => {
    await visit(page, '/clients');
    await expect(page.getByRole('link', { name: 'Export' })).toHaveAccessibleDescription(/“Reports: Manage”/);
    await visit(page, '/reports/tenant-profiles');
    await page.getByRole('link', { name: /^LeoArts/ }).first().click();
    const { lines } = await download(page);
    expect(lines[0]).toEqual(TITLES);
    await expect(page.getByRole('button', { name: 'Run now' })).toHaveAccessibleDescription(/“Reports: Manage”/);
    await visit(page, '/reports/tenant-profiles/new');
    await expect(page.getByRole('heading', { name: 'You can’t add reports' })).toBeVisible();
  });
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('exports the own client and nothing else', async ({ page }, { project }) => {
    await visit(page, '/clients');
    await page.getByRole('link', { name: 'Export' }).click();
    await fill(page, { Name: `Ours ${project.name}` });
    await save(page).click();
    await expect(runs(page).getByRole('link', { name: 'Succeeded' })).toBeVisible();
    const { lines } = await download(page);
    expect(lines.slice(1).map((line) => line[0])).toEqual(['client_8']);
    await visit(page, '/reports/tenant-profiles');
    await expect(page.getByRole('link', { name: /^LeoArts/ })).toHaveCount(0);
  });
});
