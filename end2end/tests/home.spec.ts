import { expect, heading, test, visit } from './fixtures';
import { section } from './form';

test('each figure leads to the list that it counts', async ({ page, session }) => {
  await session.makeDraft();
  await visit(page, '/');
  await expect(page).toHaveTitle('Home · Tenantry');
  const home = page.locator('#navigation').getByRole('link', { name: 'Home', exact: true, includeHidden: true });
  await expect(home, 'in the navigation, which a phone folds away').toHaveCount(1);
  for (const [part, figure, list, address] of [
    ['Clients by status', /^Suspended/, 'Clients', '/clients?status=suspended'],
    ['Devices by type', /^Servers/, 'Devices', '/devices?filter=server'],
    ['Clients created', /: [1-9]/, 'Clients', /status=all&created=20\d\d-\d\d$/],
  ] as const) {
    const link = section(page, part).getByRole('link', { name: figure }).first();
    const number = await link.locator('strong, .bar-number').innerText();
    await link.click();
    await expect(heading(page, list)).toBeVisible();
    await expect(page).toHaveURL(address);
    await expect(page.getByRole('navigation', { name: 'Pages' })).toContainText(`of ${number}`);
    await page.goBack();
    await expect(heading(page, 'Home')).toBeVisible();
  }
});

test('what needs attention is there until it is done', async ({ page, session }, { project }) => {
  const name = `Invited ${project.name}`;
  await session.make('users/create', { client: null, draft: { first_name: name, last_name: 'Later', login: `home.${project.name}@leoart.example`, email: 'home@leoart.example' } });
  await visit(page, '/');
  const invitations = section(page, 'Needs attention').getByRole('link', { name: /invitations? not accepted/ });
  await invitations.click();
  await expect(page).toHaveURL('/users?filter=invited');
  await expect(page.getByRole('rowheader', { name: `${name} Later` })).toBeVisible();
  await expect(page.getByRole('cell', { name: 'Active', exact: true })).toHaveCount(0);
});

test('a draft goes on from here', async ({ page, session }) => {
  const draft = await session.makeDraft();
  await visit(page, '/');
  await section(page, 'Drafts to continue').getByRole('link', { name: 'Untitled draft' }).first().click();
  await expect(page).toHaveURL(draft);
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('it is read, and its links work', { tag: '@once' }, async ({ page }) => {
    await page.goto('/');
    await section(page, 'Clients by status').getByRole('link', { name: /^Active/ }).click();
    await expect(page).toHaveURL('/clients?status=active');
  });
});
