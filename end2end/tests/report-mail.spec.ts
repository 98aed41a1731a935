import { Session } from './api';
import { expect, heading, test as base, users, visit } from './fixtures';
import { expectFault, fill } from './form';
import { type MailServer, startMailServer } from './mail';
import { startServer } from './server';

/** Tests on a server that has a mail server. */
const test = base.extend<object, { mail: MailServer }>({
  mail: [
    async ({}, use) => {
      const mail = await startMailServer();
      await use(mail);
      mail.stop();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mail }, use) => {
      const settings = { TENANTRY_SMTP_URL: mail.url, TENANTRY_MAIL_FROM: 'Tenantry <tenantry@console.example>', TENANTRY_PUBLIC_URL: 'https://console.example' };
      const server = await startServer({ settings });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  storageState: async ({ server }, use) => use((await Session.begin(server.url, users.admin)).storageState),
});

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
  expect(mail.mails.at(-1)).toContain(`To: `);
});
