import { type Page } from '@playwright/test';
import { password, Session } from './api';
import { expect, heading, hydrated, signIn, test, visit } from './fixtures';
import { forms, press } from './every-form';
import { choose, expectFilled, fact, fill, section, tab, toast } from './form';

// Each test signs its own user out.
test.use({ who: null });

let count = 0;

/** Signs a new administrator in, and gives their login name. */
async function begin(page: Page, server: { tenantry(words: string[], input?: string): string }, project: string): Promise<string> {
  const login = `typed.${project}.${++count}@leoart.example`;
  server.tenantry(['user', 'create', '--login', login, '--first-name', 'Tia', '--last-name', 'Ped', '--role', 'Partner Administrator'], password);
  await page.goto('/login');
  await signIn(page, login, password);
  await expect(heading(page, 'Home')).toBeVisible();
  return login;
}

const dialog = (page: Page) => page.getByRole('dialog', { name: 'Sign in again' });

async function signInAgain(page: Page, login?: string) {
  await expect(dialog(page)).toBeVisible();
  await expect(page.getByRole('main'), 'nothing of the page is seen').toBeHidden();
  if (login) await dialog(page).getByLabel('Login name').fill(login);
  await dialog(page).getByLabel('Password', { exact: true }).fill(password);
  await dialog(page).getByRole('button', { name: 'Sign in' }).click();
}

test.describe('when the session ends while something is typed', () => {
  for (const [what, form] of Object.entries(forms)) {
    test(`${what} is saved after signing in again`, { tag: '@once' }, async ({ page, server, sessions }, { project }) => {
      const login = await begin(page, server, project.name);
      const unique = `Typed${project.name}${count}`;
      await visit(page, typeof form.address === 'string' ? form.address : await form.address(await sessions('admin'), unique));
      await form.fill(page, unique);
      await (await Session.begin(server.url, login)).signOutEverywhere();
      await form.save(page);
      await signInAgain(page);
      await expect(dialog(page)).toBeHidden();
      await form.saved(page, unique);
    });
  }

  test('a password is changed after signing in again', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/account');
    await fill(page, { 'Current password': password, 'New password': 'Halyard#27', 'New password, again': 'Halyard#27' });
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await press(page, 'Change password');
    await signInAgain(page);
    await expect(toast(page, /^Your password was changed/)).toBeVisible();
    await Session.begin(server.url, login, 'Halyard#27');
  });

  test('a file of devices is imported after signing in again', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/devices/import');
    const file = { name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from(`client,name,type\nclient_8,typed-${project.name},Switch\n`) };
    await page.locator('input[type=file]').setInputFiles(file);
    const go = page.getByRole('button', { name: 'Import 1 device' });
    await expect(go).toBeVisible();
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await go.click();
    await signInAgain(page);
    await expect(page.getByText('1 device was imported.')).toBeVisible();
  });

  test('the wizard finishes after signing in again', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/clients/new');
    await fill(page, { 'Client Name': `Wizard ${project.name}`, Address: '12 Harbour Road' });
    await choose(page, 'Country', 'germ', 'Germany');
    // The refusal of a save on its way would open the dialog while the next field is typed.
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await page.getByLabel('City').fill('Bremen');
    await page.getByLabel('Zip').focus();
    await signInAgain(page);
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await choose(page, 'Time Zone', 'berl', 'Europe/Berlin');
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await press(page, 'Finish');
    await signInAgain(page);
    await expect(heading(page, `Wizard ${project.name}`)).toBeVisible();
    await tab(page, `Wizard ${project.name}`, 'Settings').click();
    await expect(fact(section(page, 'Client Details'), 'City')).toHaveText('Bremen');
  });

  test('a wrong password is told in the dialog, and nothing is lost', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/user-groups/new');
    await fill(page, { Name: `Patience ${project.name}` });
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await press(page, 'Add and choose users');
    await dialog(page).getByLabel('Password', { exact: true }).fill('Wrong#2026');
    await dialog(page).getByRole('button', { name: 'Sign in' }).click();
    await expect(dialog(page).getByText('The login name or the password is wrong.').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog(page), 'there is no way around it').toBeVisible();
    await signInAgain(page);
    await expect(heading(page, `Edit Patience ${project.name}`)).toBeVisible();
  });

  test('another user sees nothing of it', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/user-groups/new');
    await fill(page, { Name: `Secret ${project.name}`, Description: 'For my eyes only' });
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await press(page, 'Add and choose users');
    await signInAgain(page, 'viewer@leoart.example');
    await expect(heading(page, 'Home')).toBeVisible();
    await hydrated(page);
    await expect(page.getByText('For my eyes only')).toHaveCount(0);
    await visit(page, `/user-groups?q=${encodeURIComponent(`Secret ${project.name}`)}`);
    await expect(page.getByRole('rowheader'), 'nothing was saved as somebody else').toHaveCount(0);
  });

  test('a page never acts as somebody who signed in in another tab', async ({ page, server, context }, { project }) => {
    await begin(page, server, project.name);
    await visit(page, '/user-groups/new');
    await fill(page, { Name: `Mixed ${project.name}` });
    const tab = await context.newPage();
    await context.clearCookies();
    await tab.goto('/login');
    await signIn(tab, 'auditor.manage@leoart.example', password);
    await expect(heading(tab, 'Home')).toBeVisible();
    await press(page, 'Add and choose users');
    await expect(dialog(page)).toBeVisible();
  });
});

test.describe('a page whose session has ended', () => {
  test('says so by itself, hides what it showed, and goes on', async ({ page, server }, { project }) => {
    await page.clock.install();
    const login = await begin(page, server, project.name);
    await visit(page, '/clients/client_8');
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
    await page.clock.runFor(61_000);
    await signInAgain(page);
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
    await expect(dialog(page)).toBeHidden();
  });

  test('says so when the window is looked at again', async ({ page, server }, { project }) => {
    const login = await begin(page, server, project.name);
    await visit(page, '/clients/client_8');
    await (await Session.begin(server.url, login)).signOutEverywhere();
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await expect(dialog(page)).toBeVisible();
    await expect(page.getByRole('main')).toBeHidden();
  });
});

test.describe('leaving a form', () => {
  test.use({ who: 'admin' });

  for (const [what, form] of Object.entries(forms).filter(([what]) => what !== 'an item of a catalogue')) {
    test(`${what} with changes is asked about, by a link and by Back`, { tag: '@once' }, async ({ page, session }, { project }) => {
      const unique = `Left${project.name}${++count}`;
      const address = typeof form.address === 'string' ? form.address : await form.address(session, unique);
      await visit(page, '/users');
      // Within the page, so that Back leads back within it too.
      await page.evaluate((address) => {
        const link = Object.assign(document.createElement('a'), { href: address, textContent: 'There' });
        document.querySelector('main')!.prepend(link);
      }, address);
      await page.getByRole('link', { name: 'There' }).click();
      await expect(page).toHaveURL(address);
      const first = page.getByRole('textbox').or(page.getByRole('checkbox')).or(page.getByRole('radio')).first();
      await expect(first).toBeVisible();
      const questions: string[] = [];
      page.on('dialog', (question) => (questions.push(question.message()), question.dismiss()));

      await page.goBack();
      await expect(page, 'nothing is asked without changes').toHaveURL('/users');
      expect(questions).toEqual([]);
      await page.goForward();
      await expect(page).toHaveURL(address);

      await form.fill(page, unique);
      await page.evaluate(() => history.back());
      await expect.poll(() => questions.length).toBe(1);
      await expect(page).toHaveURL(address);
      await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link').first().click();
      expect(questions).toEqual(Array(2).fill('Leave without saving your changes?'));
      await expect(page).toHaveURL(address);
    });
  }
});

test.describe('the wizard on two devices', () => {
  test.use({ who: 'admin' });

  test('combines what both typed into different fields', async ({ page, session, browser }) => {
    const address = await session.makeDraft();
    const other = await (await browser.newContext()).newPage();
    for (const device of [page, other]) await visit(device, address);
    const saved = (device: Page) => expect(device.getByText('Saved', { exact: true })).toBeVisible();
    await fill(other, { 'Client Name': 'Two Devices Ltd' });
    await other.getByLabel('Zip').focus();
    await saved(other);
    await fill(page, { City: 'Bremen' });
    await page.getByLabel('Zip').focus();
    await expectFilled(page, { 'Client Name': 'Two Devices Ltd', City: 'Bremen' });
    await saved(page);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await other.reload();
    await expectFilled(other, { 'Client Name': 'Two Devices Ltd', City: 'Bremen' });
    await other.context().close();
  });

  test('asks about the fields that both typed', async ({ page, session, browser }) => {
    const address = await session.makeDraft();
    const other = await (await browser.newContext()).newPage();
    for (const device of [page, other]) await visit(device, address);
    await fill(other, { City: 'Theirs', State: 'Theirs too' });
    await other.getByLabel('Zip').focus();
    await expect(other.getByText('Saved', { exact: true })).toBeVisible();
    await fill(page, { City: 'Mine', Zip: '11111' });
    await page.getByLabel('Client Name').focus();
    const question = page.getByRole('dialog', { name: 'This draft was changed on another device' });
    await expect(question.getByRole('row').filter({ hasText: 'Theirs' })).toHaveCount(1);
    await expect(question.getByRole('row').last()).toContainText(/City.*Theirs.*Mine/s);
    await question.getByRole('button', { name: 'Keep mine' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await page.reload();
    await expectFilled(page, { City: 'Mine', State: 'Theirs too', Zip: '11111' });
    await other.context().close();
  });

  test('keeps what was typed just before the window was reloaded', async ({ page, session }) => {
    const address = await session.makeDraft();
    await visit(page, address);
    const questions: string[] = [];
    page.on('dialog', (question) => (questions.push(question.message()), question.accept()));
    // What is typed at once before the reload is on its way when the next page is read.
    await page.getByLabel('City').pressSequentially('Bremen');
    await page.reload();
    await hydrated(page);
    await expectFilled(page, { City: 'Bremen' });
    await fill(page, { City: 'Bremerhaven' });
    await page.getByLabel('Zip').focus();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(questions, 'nothing is at stake').toEqual([]);
  });
});

test.describe('a client that is terminated while it is edited', () => {
  test.use({ who: 'admin' });

  test('says exactly that', async ({ page, session, server }, { project }) => {
    const id = await session.makeClient({ name: 'Gone Meanwhile Ltd' });
    await visit(page, `/clients/${id}/edit`);
    await fill(page, { City: 'Nowhere' });
    const key = JSON.parse(server.tenantry(['api-key', 'create', '--tenant', 'msp_1', '--name', `Terminator ${project.name}`, '--role', 'Partner Administrator']));
    const credentials = new URLSearchParams({ grant_type: 'client_credentials', client_id: key.key, client_secret: key.secret });
    const { access_token } = await (await fetch(`${server.url}/auth/oauth/token`, { method: 'POST', body: credentials })).json();
    const headers = { authorization: `Bearer ${access_token}` };
    const terminated = await fetch(`${server.url}/api/v2/tenants/msp_1/clients/${id}/terminate`, { method: 'POST', headers });
    expect(terminated.ok).toBe(true);
    await press(page, 'Review changes');
    await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('alert')).toContainText('This client was terminated while you were editing it.');
    await expect(page.getByText('Somebody else saved this client')).toBeHidden();
    await expectFilled(page, { City: 'Nowhere' });
  });
});

test('what needs scripts says so until they are there', { tag: '@once' }, async ({ page, sessions, context }) => {
  await context.addCookies((await sessions('admin')).storageState.cookies);
  const address = await (await sessions('admin')).makeDraft();
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/\.wasm$/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(address);
  const next = page.getByRole('button', { name: 'Next' });
  for (const button of [next, page.getByRole('button', { name: 'Finish' })]) {
    await expect(button).toHaveAttribute('aria-disabled', 'true');
    await expect(button).toHaveAccessibleDescription('The page is still loading.');
  }
  await page.getByLabel('City').fill('Early Bird');
  release();
  await hydrated(page);
  await expect(next).not.toHaveAttribute('aria-disabled');
  await expectFilled(page, { City: 'Early Bird' });
});
