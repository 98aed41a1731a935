import { Session } from './api';
import { emptyBrowser, expect, heading, test as base, users, visit } from './fixtures';
import { fill } from './form';
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

test('an invited user gets the link by mail, or else it is told @once', async ({ page, mail, browser }, { project }) => {
  const invite = async (name: string) => {
    const email = `${name}.${project.name}@northern.example`;
    await visit(page, '/users/new');
    await fill(page, { 'First name': name, 'Last name': project.name, 'Login name': email, 'E-mail address': email });
    await page.getByRole('button', { name: 'Add user' }).click();
    await expect(heading(page, `${name} ${project.name}`)).toBeVisible();
    return email;
  };
  const ada = await invite('Ada');
  await expect(page.getByText(`A mail with this link was sent to ${ada}.`)).toBeVisible();
  const link = new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue());
  expect(mail.mails.at(-1)).toContain(`https://console.example${link.pathname}`);

  mail.stop();
  const grace = await invite('Grace');
  await expect(page.getByText(`The link could not be mailed to ${grace}.`)).toBeVisible();
  const guest = await emptyBrowser(browser);
  await guest.goto(new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue()).pathname);
  await expect(heading(guest, `Welcome, Grace ${project.name}`)).toBeVisible();
  await guest.context().close();
});
