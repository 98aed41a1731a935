import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Session } from './api';
import { axe, expect, heading, test, visit } from './fixtures';
import { expectFault, fact, fill, toast } from './form';

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Terminate the selected Client?' });
const PASSPHRASE = 'correct horse battery staple';

/** Makes a client with a device and a credential set. */
async function makeClient(session: Session, name: string) {
  const id = await session.makeClient({ name });
  await session.make('devices/create', { client: id, draft: { name: 'Old printer' } });
  await session.make('credential-sets/create', { client: id, draft: { name: 'Router', credential_type: 'SSH', fields: { userName: 'root', password: 'Tr0ub4dor' } } });
  return id;
}

test('a client is backed up with its secrets, erased, and restored from the archive', async ({ page, session }, { project }) => {
  test.slow();
  const name = `Backed up ${project.name}`;
  const id = await makeClient(session, name);
  await visit(page, `/clients/${id}`);
  await page.getByRole('link', { name: 'Backups' }).click();
  await expect(heading(page, `Backups of ${name}`)).toBeVisible();
  await axe(page);
  await page.getByRole('checkbox', { name: 'Include secrets' }).check();
  await fill(page, { Passphrase: 'short' });
  await page.getByRole('button', { name: 'Create backup' }).click();
  await expectFault(page.getByLabel('Passphrase', { exact: true }), 'Use at least 12 characters, such as four words.');
  await fill(page, { Passphrase: PASSPHRASE, 'Confirm passphrase': PASSPHRASE });
  await page.getByRole('button', { name: 'Create backup' }).click();
  await expect(toast(page, `Backup of ${name}:`)).toBeVisible();
  const row = page.getByRole('table', { name: 'Backups' }).getByRole('row').filter({ has: page.getByRole('rowheader') });
  await expect(row).toContainText('Succeeded');
  await expect(row).toContainText('Encrypted');
  await axe(page);
  const downloading = page.waitForEvent('download');
  await row.getByRole('link', { name: /^Download/ }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^client-\d+-\d{4}-\d\d-\d\d\.zip$/);
  const archive = await readFile(await download.path());
  expect(archive.subarray(0, 2).toString()).toBe('PK');

  await session.make('clients/terminate', { id, draft: { name, statements: ['forever', 'erased', 'signed_out'] } });
  await visit(page, '/clients/import');
  await page.getByRole('link', { name: 'Restore a backup' }).click();
  await expect(heading(page, 'Restore a backup')).toBeVisible();
  const input = page.locator('input[type=file]');
  await input.setInputFiles({ name: 'photo.zip', mimeType: 'application/zip', buffer: Buffer.from('no archive at all') });
  await expect(page.getByText('This is no backup: choose the .zip file that was downloaded.')).toBeVisible();
  await input.setInputFiles({ name: 'client.zip', mimeType: 'application/zip', buffer: archive });
  await expect(fact(page, 'Client')).toHaveText(`${name} (${id})`);
  await expect(fact(page, 'Resources')).toHaveText('1');
  await axe(page);
  await fill(page, { Name: `${name} again`, 'Passphrase of the secrets': 'another passphrase' });
  await page.getByRole('button', { name: 'Restore client' }).click();
  await expectFault(page.getByLabel('Passphrase of the secrets'), 'This passphrase doesn’t open the secrets of the backup.');
  await fill(page, { 'Passphrase of the secrets': PASSPHRASE });
  await page.getByRole('button', { name: 'Restore client' }).click();
  await expect(heading(page, `Restore of ${name} again`)).toBeVisible();
  const outcome = page.getByRole('main').getByText(/^Created client_\d+ with 1 resource and 1 credential set\./);
  await expect(outcome).toBeVisible();
  await expect(page.getByRole('main').getByText('Succeeded')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel job' })).toHaveCount(0);
  await visit(page, `/clients?q=${encodeURIComponent(`${name} again`)}`);
  await expect(page.getByRole('link', { name: `${name} again`, exact: true })).toBeVisible();
});

test('the dialog backs a client up first, and the receipt has its checksum', async ({ page, session }, { project }) => {
  const name = `First backed up ${project.name}`;
  const id = await makeClient(session, name);
  await visit(page, `/clients/${id}`);
  await page.getByRole('button', { name: 'Terminate', exact: true }).first().click();
  await dialog(page).getByText('Back up first', { exact: true }).click();
  await dialog(page).getByRole('button', { name: 'Create backup' }).click();
  await expect(dialog(page).getByText('The backup is complete')).toBeVisible();
  await axe(page);
  await dialog(page).getByLabel('Confirm client name').fill(name);
  for (const box of await dialog(page).getByRole('checkbox').all()) await box.check();
  await dialog(page).getByRole('button', { name: 'Terminate' }).click();
  await expect(page.getByText('Everything but this record was erased.')).toBeVisible();
  await expect(fact(page, 'Backup SHA-256')).toHaveText(/^[0-9a-f]{64}$/);
  await fact(page, 'Backup').getByRole('link').click();
  await expect(heading(page, `Backups of ${name}`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Create backup' }), 'nothing is left to back up').toHaveCount(0);
  await page.getByRole('button', { name: /^Delete the backup/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete backup' }).click();
  await expect(toast(page, 'The backup was deleted.')).toBeVisible();
  await expect(page.getByText('No backups yet.')).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('is told what a backup takes', async ({ page }) => {
    await visit(page, '/clients/client_8');
    await expect(page.getByRole('link', { name: 'Backups' })).toHaveCount(0);
    await visit(page, '/clients/client_8/backups');
    await expect(page.getByText('Your roles do not include the permission “Clients: Manage”.')).toBeVisible();
    await visit(page, '/clients/restore');
    await expect(heading(page, 'Restore a backup')).toBeVisible();
    await expect(page.getByText('You can’t restore clients')).toBeVisible();
  });
});
