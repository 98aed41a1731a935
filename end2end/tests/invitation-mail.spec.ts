import { emptyBrowser, expect, heading, users, visit } from './fixtures';
import { fill } from './form';
import { test } from './mail';

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

  mail.isDown = true;
  const grace = await invite('Grace');
  await expect(page.getByText(`The link couldn’t be e-mailed to ${grace}.`)).toBeVisible();
  const guest = await emptyBrowser(browser);
  await guest.goto(new URL(await page.getByRole('textbox', { name: 'Link' }).inputValue()).pathname);
  await expect(heading(guest, `Welcome, Grace ${project.name}`)).toBeVisible();
  await guest.context().close();
});
