import { expect, heading, test, visit } from './fixtures';
import { expectFault, fact, fill, pick, section, toast } from './form';

test('a group is made, gets users, and is deleted', async ({ page }, { project }) => {
  const name = `Night Shift ${project.name}`;
  await visit(page, '/user-groups');
  await page.getByRole('link', { name: 'Add user group' }).click();
  const add = page.getByRole('button', { name: 'Add and choose users' });
  await add.click();
  await expectFault(page.getByLabel('Name', { exact: true }), 'Enter the group');
  await fill(page, { Name: 'Service Desk' });
  await add.click();
  await expectFault(page.getByLabel('Name', { exact: true }), 'has this name already');
  await fill(page, { Name: name, Description: 'From ten to six' });
  await add.click();
  await expect(heading(page, `Edit ${name}`)).toBeVisible();
  await pick(page, 'Users', 'viewer@', '');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(section(page, 'Users').getByRole('rowheader')).toHaveCount(1);
  await expect(fact(page, 'Description')).toHaveText('From ten to six');

  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: `Delete ${name}?` });
  await expect(question).toContainText('1 user is in it, and stays. It has no roles.');
  await question.getByRole('button', { name: 'Delete' }).click();
  await expect(toast(page, `${name} was deleted.`)).toBeVisible();
  await expect(heading(page, 'User Groups')).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('sees a group, and is told what is missing to change it', async ({ page }) => {
    await visit(page, '/user-groups?q=service+desk');
    await page.getByRole('link', { name: 'Service Desk' }).click();
    await expect(heading(page, 'Service Desk')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Edit' })).toHaveAccessibleDescription(/“User Groups: Manage”/);
  });
});
