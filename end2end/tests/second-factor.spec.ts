import type { Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { password } from './api';
import { Authenticator, makeOwner, makeUser, type Owner } from './authenticator';
import { axe, emptyBrowser, expect, heading, hydrated, openUserMenu, signIn, test, visit } from './fixtures';
import { expectFault, expectFilled, fact, fill, section, toast } from './form';

// Everybody here signs in by themselves.
test.use({ who: null });

let count = 0;

/** A login name that no other test has. */
const unique = (project: string) => `tove.${project}.${++count}@leoart.example`;

const WRONG = 'This code is wrong or was used already. Enter the one that your app shows next.';

const factorSection = (page: Page) => section(page, 'Two-factor authentication');
const prove = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });

async function enterCode(page: Page, code: string) {
  await expect(heading(page, 'Confirm it’s you')).toBeVisible();
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

async function signInWithCode(page: Page, { login, app }: Owner, to = '/clients') {
  await page.goto(`/login?next=${encodeURIComponent(to)}`);
  await signIn(page, login, password);
  await enterCode(page, await app.code());
  await expect(page).toHaveURL(to);
  await hydrated(page);
}

async function signOut(page: Page) {
  await openUserMenu(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
}

/** Confirms in the dialog over the page. */
async function confirm(page: Page, code: string) {
  await prove(page).getByLabel('Code').fill(code);
  await prove(page).getByRole('button', { name: 'Confirm' }).click();
}

/** Saves a client's city, up to the dialog that asks for a code. */
async function saveCity(page: Page, city: string) {
  await fill(page, { City: city });
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
}

const city = (page: Page) => fact(section(page, 'Client Details'), 'City');

test('an authenticator app is set up on the account page, and asked for at the next sign-in', async ({ page, server }, { project }) => {
  const login = unique(project.name);
  makeUser(server, login);
  await page.goto('/login?next=/account');
  await signIn(page, login, password);
  await hydrated(page);
  await page.getByRole('button', { name: 'Set up authenticator app' }).click();
  await expect(page.getByRole('img', { name: 'QR code' })).toBeVisible();
  const app = new Authenticator(await page.getByLabel('Key').inputValue());
  await axe(page);
  const code = page.getByRole('textbox', { name: 'Code' });
  await fill(factorSection(page), { Name: 'Work phone', Password: password });
  await code.fill(app.wrong());
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expectFault(code, WRONG);
  await code.fill(await app.code());
  await page.getByRole('button', { name: 'Turn on' }).click();

  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  const shown = await codes.allTextContents();
  await axe(page);
  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('tenantry-recovery-codes.txt');
  const file = readFileSync(await download.path(), 'utf8');
  for (const code of shown) expect(file).toContain(code);
  await page.getByRole('button', { name: 'I’ve stored them' }).click();
  await expect(factorSection(page).getByText('On', { exact: true })).toBeVisible();
  await expect(fact(factorSection(page), 'Authenticator app')).toHaveText('Work phone');
  await expect(fact(factorSection(page), 'Recovery codes left')).toHaveText('10');
  await expect(page.getByText(shown[0]!), 'they are shown once').toHaveCount(0);
  await axe(page);

  await signOut(page);
  await signIn(page, login, password);
  await expect(heading(page, 'Confirm it’s you')).toBeVisible();
  await axe(page);
  await page.goto('/clients');
  await expect(heading(page, 'Confirm it’s you'), 'nothing else works before').toBeVisible();
  await expect(page.getByRole('checkbox'), 'the partner doesn’t allow to trust browsers').toHaveCount(0);
  await enterCode(page, app.wrong());
  await expect(page.getByRole('alert')).toHaveText(WRONG);
  await enterCode(page, (await app.code()).replace(/^.../, '$& '));
  await expect(heading(page, 'Clients')).toBeVisible();
  await hydrated(page);

  await signOut(page);
  await page.goto('/login?next=/account');
  await signIn(page, login, password);
  await enterCode(page, shown[0]!.toLowerCase());
  await expect(fact(factorSection(page), 'Recovery codes left'), 'one was used').toHaveText('9');
});

test('three wrong codes at a sign-in ask for the password again', async ({ page, server }, { project }) => {
  const { login, app } = await makeOwner(server, unique(project.name));
  await page.goto('/login');
  await signIn(page, login, password);
  for (let wrong = 0; wrong < 3; wrong++) await enterCode(page, app.wrong());
  await expect(heading(page, 'Sign in')).toBeVisible();
  await expect(page.getByRole('alert')).toHaveText('Your sign-in expired or failed three times. Sign in again.');
});

test('new recovery codes and turning it off sign out everywhere else', async ({ page, server, browser }, { project }) => {
  const owner = await makeOwner(server, unique(project.name));
  await signInWithCode(page, owner, '/account');
  const other = await emptyBrowser(browser);
  const elsewhere = async () => {
    await other.goto(`${server.url}/login?next=/account`);
    await signIn(other, owner.login, password);
    await enterCode(other, owner.recoveryCodes.shift()!);
    await expect(heading(other, 'Account')).toBeVisible();
  };
  const isSignedOut = async () => {
    await other.goto(`${server.url}/account`);
    await expect(heading(other, 'Sign in'), 'other sessions end').toBeVisible();
  };
  await elsewhere();
  await page.getByRole('button', { name: 'Get new recovery codes' }).click();
  await page.getByRole('dialog', { name: 'Get new recovery codes?' }).getByRole('button', { name: 'Get new codes' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem');
  await expect(codes).toHaveCount(10);
  owner.recoveryCodes = await codes.allTextContents();
  await page.getByRole('button', { name: 'I’ve stored them' }).click();
  await isSignedOut();
  await elsewhere();

  await page.getByRole('button', { name: 'Turn off' }).click();
  await axe(page);
  await fill(factorSection(page), { Password: 'Wrong#2026', Code: owner.recoveryCodes[0]! });
  await factorSection(page).getByRole('button', { name: 'Turn off' }).click();
  await expectFault(factorSection(page).getByLabel('Password', { exact: true }), 'The password is wrong.');
  await fill(factorSection(page), { Password: password });
  await factorSection(page).getByRole('button', { name: 'Turn off' }).click();
  await expect(toast(page, 'Two-factor authentication is off.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Set up authenticator app' })).toBeVisible();
  await isSignedOut();
  await signIn(other, owner.login, password);
  await expect(heading(other, 'Account'), 'the password is enough').toBeVisible();
  await other.context().close();
});

test('a browser is trusted where the partner allows it', async ({ page, server, sessions }, { project }) => {
  const admin = await sessions('admin');
  const [settings] = await admin.make<[object]>('settings/get', {});
  await admin.make('settings/update', { settings: { ...settings, trust_browsers: true } });
  const owner = await makeOwner(server, unique(project.name));
  await page.goto('/login');
  await signIn(page, owner.login, password);
  await page.getByRole('checkbox', { name: 'Trust this browser for 30 days' }).check();
  await axe(page);
  await enterCode(page, await owner.app.code());
  await expect(heading(page, 'Home')).toBeVisible();
  await hydrated(page);
  await signOut(page);
  await signIn(page, owner.login, password);
  await expect(heading(page, 'Home'), 'no code is asked for').toBeVisible();
  const [now] = await admin.make<[object]>('settings/get', {});
  await admin.make('settings/update', { settings: { ...now, trust_browsers: false } });
});

test('where it is required, it is set up before anything else', async ({ page, server, sessions }, { project }) => {
  const id = await (await sessions('admin')).makeClient({ name: `Strict ${project.name} Ltd`, require_second_factor: true });
  const login = unique(project.name);
  makeUser(server, login, ['--role', 'Customer', '--client', id]);
  await page.goto('/login?next=/account');
  await signIn(page, login, password);
  await expect(heading(page, 'Set up two-factor authentication')).toBeVisible();
  await page.goto('/clients');
  await expect(heading(page, 'Set up two-factor authentication'), 'nothing else works before').toBeVisible();
  await hydrated(page);
  await axe(page);
  const app = new Authenticator(await page.getByLabel('Key').inputValue());
  await page.getByRole('textbox', { name: 'Code' }).fill(await app.code());
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await axe(page);
  await page.getByRole('button', { name: 'I’ve stored them' }).click();
  await expect(heading(page, 'Clients')).toBeVisible();
  await visit(page, '/account');
  await expect(page.getByRole('button', { name: 'Turn off' })).toHaveAccessibleDescription('Your organization requires two-factor authentication.');
});

test('a save is confirmed by a code, with what was typed kept', async ({ page, server, sessions }, { project }) => {
  const id = await (await sessions('admin')).makeClient({ name: `Step-up ${project.name} Ltd`, city: 'Leeds' });
  const owner = await makeOwner(server, unique(project.name));
  await signInWithCode(page, owner, `/clients/${id}/edit`);
  await saveCity(page, 'York');
  await expect(prove(page).getByLabel('Code')).toBeFocused();
  await axe(page);
  await page.keyboard.press('Escape');
  await expect(prove(page)).toBeHidden();
  await expect(page.getByText('Confirm it’s you with a code from your authenticator app.').first(), 'why nothing was saved').toBeVisible();
  await expectFilled(page, { City: 'York' });

  await saveCity(page, 'York');
  await confirm(page, owner.app.wrong());
  await expectFault(prove(page).getByLabel('Code'), WRONG);
  await confirm(page, owner.recoveryCodes[0]!);
  await expect(city(page)).toHaveText('York');

  await page.getByRole('link', { name: 'Edit' }).click();
  await saveCity(page, 'Hull');
  await expect(prove(page), 'every save asks').toBeVisible();
  await confirm(page, owner.recoveryCodes[1]!);
  await expect(city(page)).toHaveText('Hull');
});

test('three wrong codes over two tabs lead to the sign-in page, and what was typed is there afterwards', async ({ page, server, sessions }, { project }) => {
  const id = await (await sessions('admin')).makeClient({ name: `Three ${project.name} Ltd`, city: 'Leeds' });
  const owner = await makeOwner(server, unique(project.name));
  const address = `/clients/${id}/edit`;
  await signInWithCode(page, owner, address);
  const title = await page.title();
  const tab = await page.context().newPage();
  await visit(tab, address);
  for (const [device, typed] of [
    [page, 'York'],
    [tab, 'Hull'],
  ] as const) {
    await saveCity(device, typed);
    await confirm(device, owner.app.wrong());
    await expectFault(prove(device).getByLabel('Code'), WRONG);
  }
  await confirm(page, owner.app.wrong());

  const again = page.getByRole('dialog', { name: 'Sign in' });
  await expect(again).toBeVisible();
  await expect(page).toHaveURL(`/login?next=${address}`);
  await expect(page).toHaveTitle('Sign in · Tenantry');
  await expect(page.getByRole('main'), 'nothing of the page is seen').toBeHidden();
  await expect(again.getByText('Your session expired, or confirming it’s you failed three times.')).toBeVisible();
  await axe(page);
  await again.getByLabel('Password', { exact: true }).fill(password);
  await again.getByRole('button', { name: 'Sign in' }).click();
  // After three wrong codes the right one has to wait for a second.
  await expect(async () => {
    if (await again.isHidden()) return;
    await again.getByLabel('Code').fill(owner.recoveryCodes[0]!);
    await again.getByRole('button', { name: 'Sign in' }).click();
    await expect(again).toBeHidden({ timeout: 1000 });
  }).toPass();
  await expect(page).toHaveURL(address);
  await expect(page).toHaveTitle(title);
  await confirm(page, owner.recoveryCodes[1]!);
  await expect(city(page), 'what was typed before is saved').toHaveText('York');

  // The other tab had the same session, and goes on in the new one.
  await confirm(tab, owner.recoveryCodes[2]!);
  await expect(tab.getByRole('dialog', { name: 'Somebody else saved this client' })).toBeVisible();
  await expectFilled(tab, { City: 'Hull' });
});

test('who reloads the sign-in page after three wrong codes signs in there', async ({ page, server }, { project }) => {
  const owner = await makeOwner(server, unique(project.name));
  await signInWithCode(page, owner, '/clients/client_8/edit');
  await saveCity(page, 'York');
  for (let wrong = 0; wrong < 2; wrong++) {
    await confirm(page, owner.app.wrong());
    await expect(prove(page).getByLabel('Code'), 'ready for another try').toHaveValue('');
  }
  await confirm(page, owner.app.wrong());
  await expect(page).toHaveURL('/login?next=/clients/client_8/edit');
  page.on('dialog', (question) => question.accept());
  await page.reload();
  await expect(heading(page, 'Sign in')).toBeVisible();
});

test('three wrong codes don’t turn it off, they end the session', { tag: '@once' }, async ({ page, server }, { project }) => {
  const owner = await makeOwner(server, unique(project.name));
  await signInWithCode(page, owner, '/account');
  await page.getByRole('button', { name: 'Turn off' }).click();
  const form = factorSection(page);
  const turnOff = async () => {
    await fill(form, { Password: password, Code: owner.app.wrong() });
    await form.getByRole('button', { name: 'Turn off' }).click();
  };
  for (let wrong = 0; wrong < 2; wrong++) {
    await turnOff();
    await expectFault(form.getByLabel('Code'), WRONG);
    await form.getByLabel('Code').fill('');
  }
  await turnOff();
  await expect(page).toHaveURL('/login?next=/account');
  await expect(page.getByRole('dialog', { name: 'Sign in' })).toBeVisible();
});

test('an administrator resets another’s', async ({ page, server, browser }, { project }) => {
  const lost = await makeOwner(server, unique(project.name), ['--role', 'Auditor View']);
  const phoneless = await emptyBrowser(browser);
  await phoneless.goto(`${server.url}/login?next=/account`);
  await signIn(phoneless, lost.login, password);
  await enterCode(phoneless, lost.recoveryCodes[0]!);
  await expect(heading(phoneless, 'Account')).toBeVisible();

  const owner = await makeOwner(server, unique(project.name));
  await signInWithCode(page, owner, `/users?q=${lost.login}`);
  await page.getByRole('rowheader').getByRole('link').click();
  await expect(fact(factorSection(page), 'Recovery codes left')).toHaveText('9');
  await axe(page);
  await page.getByRole('button', { name: 'Reset…' }).click();
  await page.getByRole('dialog', { name: 'Reset two-factor authentication?' }).getByRole('button', { name: 'Reset' }).click();
  await expect(toast(page, 'Two-factor authentication is reset.'), 'the code of the sign-in counts').toBeVisible();
  await expect(factorSection(page).getByText('Not set up.')).toBeVisible();

  await phoneless.goto(`${server.url}/account`);
  await expect(heading(phoneless, 'Sign in'), 'their sessions end').toBeVisible();
  await signIn(phoneless, lost.login, password);
  await expect(heading(phoneless, 'Account')).toBeVisible();
  await phoneless.context().close();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });

  test('one signs in with a code', async ({ page, server }, { project }) => {
    const { login, app } = await makeOwner(server, unique(project.name));
    await page.goto('/login?next=/account');
    await signIn(page, login, password);
    await enterCode(page, app.wrong());
    await expect(page.getByRole('alert')).toHaveText(WRONG);
    await enterCode(page, await app.code());
    await expect(heading(page, 'Account')).toBeVisible();
    await expect(factorSection(page).getByText('On', { exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Turn off' }), 'what would do nothing isn’t offered').toHaveCount(0);
  });

  test('who has to set one up is told that it takes scripts', async ({ page, server, sessions }, { project }) => {
    const id = await (await sessions('admin')).makeClient({ name: `Scriptless ${project.name} Ltd`, require_second_factor: true });
    const login = unique(project.name);
    makeUser(server, login, ['--role', 'Customer', '--client', id]);
    await page.goto('/login');
    await signIn(page, login, password);
    await expect(heading(page, 'Set up two-factor authentication')).toBeVisible();
    await expect(page.getByText('Enable JavaScript to make changes here.')).toBeVisible();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await expect(heading(page, 'Sign in')).toBeVisible();
  });
});
