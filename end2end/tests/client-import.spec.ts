import { type Page } from '@playwright/test';
import { axe, expect, heading, test, visit } from './fixtures';
import { section } from './form';
import { type File } from './picture';

const HEADINGS = 'Firma;Address;Country;Time Zone;E-Mail;Note';

const csv = (text: string, encoding: BufferEncoding = 'utf8'): File => ({ name: 'clients.csv', mimeType: 'text/csv', buffer: Buffer.from(text, encoding) });

const chooseFile = (page: Page, file: File) => page.locator('input[type=file]').setInputFiles(file);

const importButton = (page: Page) => section(page, 'Preview').getByRole('button', { name: /^Import / });

test('a file is read as one says, its faults are mended, and all of its clients appear', async ({ page }, { project }) => {
  const word = `import-${project.name}`;
  await visit(page, '/clients');
  await page.getByRole('link', { name: 'Import', exact: true }).click();
  await expect(heading(page, 'Import clients')).toBeVisible();
  const [template] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Download a template' }).click()]);
  expect(template.suggestedFilename()).toBe('clients.csv');

  const row = (number: number, country = 'Germany') => `Müller ${word} ${number};Hauptstraße ${number};${country};Europe/Berlin;it@example.com;old`;
  const faulty = [HEADINGS, row(1), row(2, 'Atlantis'), row(1), ...Array.from({ length: 120 }, (_, at) => row(at + 3, 'Nowhere'))].join('\r\n');
  await chooseFile(page, csv(faulty, 'latin1'));
  await expect(page.getByText('Is this file in Windows-1252?')).toBeVisible();
  await expect(importButton(page)).toHaveAttribute('aria-disabled', 'true');
  await page.getByRole('button', { name: 'Confirm Windows-1252' }).click();
  await expect(page.getByText('Is this file in Windows-1252?')).toHaveCount(0);

  const preview = section(page, 'Preview');
  await expect(preview).toContainText('No column is the name: choose one.');
  await page.getByLabel('Firma').selectOption('Name');
  await page.getByLabel('Note').selectOption('Leave out');
  await page.getByRole('button', { name: 'Check again' }).click();
  await expect(preview.getByRole('alert')).toContainText('122 of 123 rows have errors');
  const errors = preview.getByRole('table', { name: 'Errors' });
  await expect(errors.getByRole('row').filter({ hasText: 'Atlantis' })).toContainText(/Line 3.*Country.*Atlantis.*Unknown country/s);
  await expect(errors.getByRole('row').filter({ hasText: 'has the same name' })).toContainText(/Line 4.*Firma.*Line 2 has the same name/s);
  await expect(errors.getByRole('rowheader')).toHaveCount(100);
  await expect(preview).toContainText('And 22 more errors.');
  const [all] = await Promise.all([page.waitForEvent('download'), preview.getByRole('link', { name: 'Download 122 errors' }).click()]);
  expect(all.suggestedFilename()).toBe('errors.csv');
  await expect(importButton(page)).toHaveAttribute('aria-disabled', 'true');

  const mended = ['sep=\t', 'Client Name\tAddress\tCountry\tTime Zone', ...Array.from({ length: 30 }, (_, at) => `Müller ${word} ${at}\tHauptstraße ${at}\tDE\tUTC`)].join('\n');
  await chooseFile(page, csv(mended));
  await expect(preview).toContainText('30 clients in the file.');
  await expect(page.getByText('The file is in UTF-8.')).toBeVisible();
  await importButton(page).click();
  await expect(page).toHaveURL(/\/jobs\/job_\d+$/);
  await expect(page.getByText('30 clients were imported.').first()).toBeVisible();
  await visit(page, `/clients?q=${word}`);
  await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText('1–25 of 30');

  await visit(page, '/clients/import');
  await chooseFile(page, csv(mended));
  await expect(preview.getByRole('alert')).toContainText('30 of 30 rows have errors');
  await expect(errors).toContainText('There is already a client with this name');
});

test('the page is accessible with a file that has errors and one that is a guess', async ({ page }) => {
  await visit(page, '/clients/import');
  await chooseFile(page, csv('Name;Address;Country;Time Zone\nMüller;;DE;UTC\n', 'latin1'));
  await expect(section(page, 'Preview')).toContainText('1 of 1 row has errors');
  await axe(page);
});

test('what is no file of clients is told in a sentence', async ({ page }) => {
  await visit(page, '/clients/import');
  for (const [content, sentence] of [
    [Buffer.alloc(0), 'The file is empty'],
    [Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]), 'save the table as “CSV UTF-8”'],
    [Buffer.from('name\nx\n'), 'No column is the address'],
    [Buffer.alloc(32 * 1024 * 1024 + 1, 'a'), 'The file is too large'],
  ] as const) {
    await chooseFile(page, { name: 'file.csv', mimeType: 'text/csv', buffer: content });
    await expect(page.getByRole('alert')).toContainText(sentence);
  }
});

test.describe('who may not create clients', () => {
  test.use({ who: 'viewer' });

  test('is offered no import and told why', async ({ page }) => {
    await visit(page, '/clients');
    await expect(page.getByRole('link', { name: 'Import', exact: true })).toHaveCount(0);
    await visit(page, '/clients/import');
    await expect(page.getByText('You can’t import clients')).toBeVisible();
    await expect(page.getByText('“Clients: Create”')).toBeVisible();
    await expect(page.locator('input[type=file]')).toHaveCount(0);
  });
});
