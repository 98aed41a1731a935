import { axe, expect, heading, hydrated, signIn, test as base } from './fixtures';
import { expectFault, fill, summary } from './form';
import { startServer } from './server';

const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await startServer({ demo: false });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test.use({ who: null });

test('the first start leads to the first administrator, once', async ({ page, server }) => {
  const link = server.setupLink!;
  expect(link, 'the link is printed').toContain(`${server.url}/setup/`);
  await page.goto(link);
  await hydrated(page);
  await expect(heading(page, 'Welcome')).toBeVisible();
  await axe(page);
  const create = page.getByRole('button', { name: 'Create administrator' });
  await create.click();
  await expect(summary(page)).toBeFocused();
  await fill(page, {
    'Your company': 'Northern Lights IT',
    'First name': 'Ada',
    'Last name': 'Borealis',
    'E-mail address': 'ada@northern.example',
    'New password': 'password',
    'New password, again': 'password',
  });
  await create.click();
  await expectFault(page.getByLabel('New password', { exact: true }), 'Add a digit.');
  await fill(page, { 'New password': 'Halyard#42', 'New password, again': 'Halyard#42' });
  await create.click();
  await expect(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Add the first client' })).toBeVisible();

  await page.context().clearCookies();
  await page.goto(link);
  await expect(heading(page, 'This link has expired')).toBeVisible();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, 'ada@northern.example', 'Halyard#42');
  await expect(page.getByRole('heading', { name: 'No clients yet' })).toBeVisible();
});
