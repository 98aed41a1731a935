import { expect, heading, users, visit } from './fixtures';
import { expectFault, fill } from './form';
import { test } from './mail';

test('users of the organization are told of a run by mail', { tag: '@once' }, async ({ page, mail }) => {
  await visit(page, '/reports/tenant-profiles/new');
  const recipients = page.getByLabel('E-mail a link to');
  await recipients.fill('nobody@elsewhere.example');
  await page.getByRole('button', { name: 'Save' }).click();
  await expectFault(recipients, '“nobody@elsewhere.example” isn’t the address of an active user of LeoArt Inc.');
  await fill(page, { Name: 'Told by mail', 'E-mail a link to': users.viewer });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(heading(page, 'Told by mail')).toBeVisible();
  const path = new URL(page.url()).pathname;
  await expect.poll(() => mail.mails.at(-1)).toContain(`https://console.example${path}`);
  expect(mail.mails.at(-1)).toMatch(new RegExp(`^To: .*${users.viewer}`, 'm'));
});
