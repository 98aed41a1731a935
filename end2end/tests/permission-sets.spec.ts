import { expect, heading, test, visit } from './fixtures';
import { expectFault, fill, tick, toast } from './form';

test('a default set is copied; the copy is changed and deleted', async ({ page }, { project }) => {
  const name = `Night Technician ${project.name}`;
  await visit(page, '/permission-sets?q=technician&filter=default');
  await page.getByRole('link', { name: 'Technician', exact: true }).click();
  await expect(heading(page, 'Technician')).toBeVisible();
  await expect(page.getByText('Default', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
  await page.getByRole('link', { name: 'Copy' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toHaveValue('Technician (copy)');
  await fill(page, { Name: '' });
  await page.getByRole('button', { name: 'Add permission set' }).click();
  await expectFault(page.getByLabel('Name', { exact: true }), 'Enter a name.');
  await fill(page, { Name: name });
  await page.getByRole('button', { name: 'Add permission set' }).click();
  await expect(heading(page, name)).toBeVisible();

  await page.getByRole('link', { name: 'Edit' }).click();
  await tick(page, 'User Groups', 'View');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'View, granted' }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: `Delete ${name}?` }).getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${name} was deleted.`)).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads a set, and is told what is missing to copy it', async ({ page }) => {
    await visit(page, '/permission-sets?q=technician&filter=default');
    await page.getByRole('link', { name: 'Technician', exact: true }).click();
    await expect(page.getByRole('link', { name: 'Copy' })).toHaveAccessibleDescription(/“Roles: Manage”/);
  });
});
