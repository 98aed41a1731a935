import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { password } from './api';
import { makeUser } from './authenticator';
import { axe, expect, heading, hydrated, openUserMenu, signIn, test as base } from './fixtures';
import { expectFault, fact, fill, section, toast } from './form';
import { type Server, startServer } from './server';

async function freePort(): Promise<number> {
  const taken = createServer();
  await once(taken.listen(0, '127.0.0.1'), 'listening');
  const { port } = taken.address() as AddressInfo;
  await once(taken.close(), 'close');
  return port;
}

/** Tests on a server that knows its public address. */
const test = base.extend<object, { published: Server }>({
  published: [
    async ({}, use) => {
      const port = await freePort();
      const url = `http://localhost:${port}`;
      const server = await startServer({ port, settings: { TENANTRY_PUBLIC_URL: url } });
      await use({ ...server, url });
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

// Everybody here signs in by themselves.
test.use({ who: null });

let count = 0;

/** A login name that no other test has. */
const unique = (project: string) => `runa.${project}.${++count}@leoart.example`;

/** A device that holds passkeys, and whose owner is there. */
async function addDevice(page: Page) {
  const chromium = await page.context().newCDPSession(page);
  await chromium.send('WebAuthn.enable');
  const options = {
    protocol: 'ctap2',
    transport: 'internal',
    hasResidentKey: true,
    hasUserVerification: true,
    isUserVerified: true,
    automaticPresenceSimulation: true,
  } as const;
  const { authenticatorId } = await chromium.send('WebAuthn.addVirtualAuthenticator', { options });
  return {
    /** Whether its owner proves that it's them. */
    verified: (isUserVerified: boolean) => chromium.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
    keys: async () => (await chromium.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
  };
}

const factorSection = (page: Page) => section(page, 'Two-factor authentication');
const passkeys = (page: Page) => page.getByRole('list', { name: 'Passkeys' }).getByRole('listitem');
const prove = (page: Page) => page.getByRole('dialog', { name: 'Confirm it’s you' });

/** Signs in by the password and adds a first passkey. */
async function addFirst(page: Page, { url }: Server, login: string) {
  await page.goto(`${url}/login?next=/account`);
  await signIn(page, login, password);
  await hydrated(page);
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await fill(factorSection(page), { Name: 'Work laptop', Password: password });
  await factorSection(page).getByRole('button', { name: 'Add passkey' }).click();
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I’ve stored them' }).click();
  await expect(passkeys(page)).toHaveCount(1);
}

async function signOut(page: Page) {
  await openUserMenu(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(heading(page, 'Sign in')).toBeVisible();
  await hydrated(page);
}

test('a passkey is added, asked for after the password, and signs in alone', async ({ page, published }, { project }) => {
  const login = unique(project.name);
  makeUser(published, login);
  const device = await addDevice(page);
  await page.goto(`${published.url}/login?next=/account`);
  await signIn(page, login, password);
  await hydrated(page);
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await axe(page);
  await fill(factorSection(page), { Name: 'Work laptop', Password: 'Wrong#2026' });
  await factorSection(page).getByRole('button', { name: 'Add passkey' }).click();
  await expectFault(factorSection(page).getByLabel('Password', { exact: true }), 'The password is wrong.');
  await fill(factorSection(page), { Password: password });
  await factorSection(page).getByRole('button', { name: 'Add passkey' }).click();
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  expect(await device.keys(), 'the device is asked once').toHaveLength(1);
  await page.getByRole('button', { name: 'I’ve stored them' }).click();
  await expect(passkeys(page)).toHaveText(/^Work laptop/);
  await expect(factorSection(page).getByText('On', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove Work laptop' })).toHaveAccessibleDescription(/^This is your only second factor\./);
  await axe(page);

  await signOut(page);
  await signIn(page, login, password);
  await expect(heading(page, 'Confirm it’s you')).toBeVisible();
  await hydrated(page);
  await device.verified(false);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(page.getByRole('alert')).toHaveText('That was cancelled, or took too long. Try again.');
  await axe(page);
  await device.verified(true);
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await expect(heading(page, 'Home')).toBeVisible();
  await hydrated(page);

  await signOut(page);
  await axe(page);
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(heading(page, 'Home')).toBeVisible();
});

test('a passkey confirms a save, removes another and turns it off', async ({ page, published }, { project }) => {
  const login = unique(project.name);
  makeUser(published, login);
  await addDevice(page);
  await addFirst(page, published, login);
  await page.goto(`${published.url}/clients/client_8/edit`);
  await hydrated(page);
  await fill(page, { City: project.name });
  await page.getByRole('button', { name: 'Review changes' }).click();
  await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
  await expect(prove(page).getByRole('button', { name: 'Use a passkey' })).toBeVisible();
  await axe(page);
  await prove(page).getByRole('button', { name: 'Use a passkey' }).click();
  await expect(fact(section(page, 'Client Details'), 'City')).toHaveText(project.name);

  await page.goto(`${published.url}/account`);
  await hydrated(page);
  await page.getByRole('button', { name: 'Add passkey' }).click();
  await fill(factorSection(page), { Name: 'Same laptop', Password: password });
  await factorSection(page).getByRole('button', { name: 'Add passkey' }).click();
  await expect(factorSection(page).getByText('This device has a passkey for your account already.').first()).toBeVisible();
  await factorSection(page).getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'Turn off' }).click();
  await expect(factorSection(page).getByLabel('Code'), 'there is no app').toHaveCount(0);
  await fill(factorSection(page), { Password: password });
  await factorSection(page).getByRole('button', { name: 'Turn off' }).click();
  await prove(page).getByRole('button', { name: 'Use a passkey' }).click();
  await expect(toast(page, 'Two-factor authentication is off.')).toBeVisible();
  await expect(passkeys(page)).toHaveCount(0);
});

test('without a public address, passkeys aren’t offered', { tag: '@once' }, async ({ page, server }, { project }) => {
  const login = unique(project.name);
  makeUser(server, login);
  await page.goto('/login?next=/account');
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toHaveCount(0);
  await signIn(page, login, password);
  await hydrated(page);
  await expect(factorSection(page).getByText('Passkeys can’t be used here yet')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add passkey' })).toHaveCount(0);
});
