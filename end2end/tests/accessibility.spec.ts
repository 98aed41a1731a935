import { type Page } from '@playwright/test';
import { password, type Session } from './api';
import { axe, expect, heading, openUserMenu, signIn, test, visit, type Who } from './fixtures';
import { fill, pick } from './form';

/** A page with its heading, which proves that the right page is checked, and what to do on it before the check. */
interface Look {
  what: string;
  title: string | RegExp;
  address: string | ((session: Session) => Promise<string>);
  who?: Who | null;
  act?: (page: Page) => Promise<unknown>;
}

const draft = (step: string) => async (session: Session) => (await session.makeDraft()).replace('client-details', step);

/** A credential set of client_8's. */
const SET = '/credential-sets/mmtKsSTyXYqtEtrRMRSmWjAh';

const looks: Look[] = [
  { what: 'the sign-in page', title: 'Sign in', address: '/login', who: null },
  { what: 'a refused sign-in', title: 'Sign in', address: '/login', who: null, act: (page) => signIn(page, 'nobody@example.com', `${password}!`) },
  { what: 'a set-up link that is over', title: 'This link has expired', address: '/setup/0000', who: null },
  { what: 'the home page', title: 'Home', address: async (session) => (await session.makeDraft(), '/') },
  { what: 'a client’s user’s home page', title: 'LeoArt Lab', address: '/', who: 'clientAdmin' },
  { what: 'the list of clients', title: 'Clients', address: '/clients' },
  { what: 'a search and Advanced', title: 'Clients', address: '/clients?q=leoart&status=all' },
  { what: 'a search that finds nothing', title: 'Clients', address: '/clients?q=no+such+client' },
  { what: 'the menu of a row', title: 'Clients', address: '/clients?q=LEO-LAB', act: (page) => page.getByRole('button', { name: 'Actions for LeoArt Lab' }).click() },
  { what: 'the user’s menu', title: 'Clients', address: '/clients?q=LEO-LAB', act: openUserMenu },
  { what: 'a viewer’s list', title: 'Clients', address: '/clients', who: 'viewer' },
  { what: 'the drafts', title: 'New Client', address: async (session) => (await session.makeDraft(), '/clients/new') },
  { what: 'the tab Client Details', title: 'New Client', address: draft('client-details') },
  { what: 'the tab Product Package', title: 'New Client', address: draft('product-package') },
  { what: 'the tab Add-Ons', title: 'New Client', address: draft('add-ons') },
  { what: 'the tab Add Services', title: 'New Client', address: draft('add-services'), act: (page) => page.getByRole('checkbox', { name: /^Service Desk/ }).check() },
  { what: 'the tab Service', title: 'New Client', address: draft('service'), act: addRows },
  { what: 'the tab Network Architecture', title: 'New Client', address: draft('network-architecture') },
  { what: 'faults in the wizard', title: 'New Client', address: draft('client-details'), act: (page) => page.getByRole('button', { name: 'Finish' }).click() },
  { what: 'an open combobox', title: 'New Client', address: draft('client-details'), act: (page) => page.getByRole('combobox', { name: 'Country' }).fill('uni') },
  { what: 'Client Details', title: 'LeoArt Lab', address: '/clients/client_8' },
  { what: 'the question before a suspension', title: 'LeoArt Lab', address: '/clients/client_8', act: (page) => page.getByRole('button', { name: 'Suspend' }).click() },
  { what: 'the page to change a client', title: 'Edit LeoArt Lab', address: '/clients/client_8/edit' },
  { what: 'the review of changes', title: 'Edit LeoArt Lab', address: '/clients/client_8/edit', act: review },
  { what: 'the refusal to change a client', title: 'Edit LeoArt Lab', address: '/clients/client_8/edit', who: 'viewer' },
  { what: 'the list of users', title: 'Users', address: '/users' },
  { what: 'the page to add a user', title: 'Add user', address: '/users/new' },
  { what: 'an open picker', title: 'Add user', address: '/users/new', act: openPicker },
  { what: 'a user', title: 'Lea Artis', address: '/users/USR0000000001' },
  { what: 'the page to change a user', title: 'Edit Lea Artis', address: '/users/USR0000000001/edit' },
  { what: 'the question before a user is terminated', title: 'Lea Artis', address: '/users/USR0000000001', act: terminate },
  { what: 'an invitation that is over', title: 'This link has expired', address: '/invitation/0000', who: null },
  { what: 'the page of a forgotten password', title: 'Forgot your password?', address: '/forgotten-password', who: null },
  { what: 'a password link that is over', title: 'This link has expired', address: '/password/0000', who: null },
  { what: 'a link to confirm an address that is over', title: 'This link has expired', address: '/email/0000', who: null },
  { what: 'the list of user groups', title: 'User Groups', address: '/user-groups' },
  { what: 'a user group', title: 'User Groups', address: '/user-groups?q=service+desk', act: openGroup },
  { what: 'the list of permission sets', title: 'Permission Sets', address: '/permission-sets' },
  { what: 'the page to add a permission set', title: 'Add permission set', address: '/permission-sets/new' },
  { what: 'the list of roles', title: 'Roles', address: '/roles' },
  { what: 'the page to add a role', title: 'Add role', address: '/roles/new', act: chooseScope },
  { what: 'the review of a role', title: 'Roles', address: '/roles?q=bay+area', act: reviewRole },
  { what: 'a default role', title: 'Roles', address: '/roles?filter=default&q=dispatcher', act: openDispatcher },
  { what: 'why a user sees a client', title: 'Explain access', address: '/why?user=USR0000000001&kind=client&id=client_9' },
  { what: 'the page to restrict permissions', title: 'Restrict permissions at LeoArt Lab', address: '/clients/client_8/restrictions' },
  { what: 'the list of devices', title: 'Devices', address: '/devices' },
  { what: 'the page to add a device', title: 'Add device', address: '/devices/new', act: (page) => page.getByRole('button', { name: 'Add device' }).click() },
  { what: 'the page to import devices', title: 'Import devices', address: '/devices/import', act: importFaulty },
  { what: 'a device', title: 'HYDLPT159', address: '/devices/2912ca9f-5c62-451f-82a8-8c08ca9c9447' },
  { what: 'the question before a device is deleted', title: 'HYDLPT159', address: '/devices/2912ca9f-5c62-451f-82a8-8c08ca9c9447', act: (page) => page.getByRole('button', { name: 'Delete' }).click() },
  { what: 'the list of device groups', title: 'Device Groups', address: '/device-groups' },
  { what: 'a device group', title: 'HYD-WINDOWS', address: '/device-groups/DGP-876f73a7-c0e4-409c-a757-5c64205ff97a' },
  { what: 'the page to change a device group', title: 'Edit HYD-WINDOWS', address: '/device-groups/DGP-876f73a7-c0e4-409c-a757-5c64205ff97a/edit' },
  { what: 'the list of credential sets', title: 'Credential Sets', address: '/credential-sets' },
  { what: 'the types of credential sets', title: 'Add credential set', address: '/credential-sets/new' },
  { what: 'faults in a credential set', title: 'Add credential set: SSH', address: '/credential-sets/new?type=SSH', act: (page) => page.getByRole('button', { name: 'Add credential set' }).click() },
  { what: 'a credential set of a type of its own', title: 'Add credential set: Carrier pigeon', address: '/credential-sets/new?type=Carrier+pigeon' },
  { what: 'a credential set', title: 'Agent-WMI-Discovery', address: SET },
  { what: 'the page to change a credential set', title: 'Edit Agent-WMI-Discovery', address: `${SET}/edit` },
  { what: 'the question before a credential set is deleted', title: 'Agent-WMI-Discovery', address: SET, act: deleteSet },
  { what: 'the list of API keys', title: 'API Keys', address: '/api-keys', act: makeKey },
  { what: 'the page to add an API key', title: 'Add API key', address: '/api-keys/new' },
  { what: 'a new API key', title: 'Add API key', address: '/api-keys/new', act: addKey },
  { what: 'the question before an API key is revoked', title: 'Add API key', address: '/api-keys/new', act: revokeKey },
  { what: 'the list of reports', title: 'Tenant Profiles', address: '/reports/tenant-profiles' },
  { what: 'the page to add a report', title: 'Add report', address: '/reports/tenant-profiles/new', act: (page) => page.getByRole('radio', { name: 'Weekly' }).check() },
  { what: 'the page to add a report of the audit log', title: 'Add report', address: '/reports/audit-log/new' },
  { what: 'the list of MSP accounts', title: 'MSP Accounts', address: '/accounts/aws/msp' },
  { what: 'the list of Non-MSP accounts', title: 'Non-MSP Accounts', address: '/accounts/aws/non-msp', act: (page) => page.getByRole('button', { name: 'Actions for Workshop' }).click() },
  { what: 'the page to add an MSP account', title: 'Add MSP account', address: '/accounts/aws/msp/new', act: (page) => page.getByRole('radio', { name: /^A role with/ }).check() },
  { what: 'the members of an MSP account', title: 'Customer Accounts of LeoArt Group', address: '/accounts/aws/msp/aws_1/members' },
  { what: 'an onboarded AWS account', title: 'Lab Sandbox', address: '/accounts/aws/aws_2' },
  { what: 'a pending AWS account', title: 'Acquired Shop', address: '/accounts/aws/aws_5' },
  { what: 'the page to change an AWS account', title: 'Edit LeoArt Group', address: '/accounts/aws/aws_1/edit' },
  { what: 'a catalogue', title: 'Product Packages', address: '/catalogues/packages' },
  { what: 'services with technologies', title: 'Services', address: '/catalogues/services' },
  { what: 'the editor of an item', title: 'Product Packages', address: '/catalogues/packages', act: (page) => page.getByRole('button', { name: 'Add product package' }).click() },
  { what: 'the settings', title: 'Settings', address: '/settings' },
  { what: 'the settings, for a viewer', title: 'Settings', address: '/settings', who: 'viewer' },
  { what: 'the account', title: 'Account', address: '/account' },
  { what: 'a client that isn’t there', title: 'Client not found', address: '/clients/client_999999' },
  { what: 'an address that leads nowhere', title: 'Not found', address: '/nowhere' },
];

async function addRows(page: Page) {
  await page.getByRole('button', { name: 'Add alternate access' }).click();
  await page.getByRole('button', { name: 'Add internet service provider' }).click();
}

async function openPicker(page: Page) {
  await page.getByRole('combobox', { name: 'Search roles' }).click();
  await expect(page.getByRole('option', { name: /^Technician/ })).toBeVisible();
}

async function importFaulty(page: Page) {
  const file = { name: 'devices.csv', mimeType: 'text/csv', buffer: Buffer.from('client,name,IP address\nclient_8,Reception,10.1.2\n') };
  await page.locator('input[type=file]').setInputFiles(file);
  await expect(page.getByRole('table', { name: 'Errors' })).toBeVisible();
}

async function terminate(page: Page) {
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Terminate…' }).click();
  await expect(page.getByRole('dialog')).toContainText('role');
}

async function chooseScope(page: Page) {
  await page.getByRole('radio', { name: /^Partner users/ }).check();
  await expect(page.getByText('Effective access')).toBeVisible();
}

async function openGroup(page: Page) {
  await page.getByRole('link', { name: 'Service Desk' }).click();
  await expect(heading(page, 'Service Desk')).toBeVisible();
}

async function openDispatcher(page: Page) {
  await page.getByRole('link', { name: 'Dispatcher', exact: true }).click();
  await expect(page.getByText('This is a default role')).toBeVisible();
}

async function reviewRole(page: Page) {
  await page.getByRole('link', { name: 'Bay Area Technicians' }).click();
  await page.getByLabel('Description').fill('Around San Francisco');
  await page.getByRole('button', { name: 'Review and save' }).click();
  await expect(page.getByRole('dialog', { name: 'Review changes' }).getByRole('table')).toBeVisible();
}

async function deleteSet(page: Page) {
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('1 role lists it');
}

/** Each key needs a name of its own. */
let keys = 0;

async function addKey(page: Page) {
  await fill(page, { Name: `Script ${++keys}` });
  await pick(page, 'Roles', 'technician', 'Technician');
  await page.getByRole('button', { name: 'Add API key' }).click();
  await expect(page.getByText('Copy the secret now')).toBeVisible();
}

async function makeKey(page: Page) {
  await page.getByRole('link', { name: 'Add API key' }).click();
  await addKey(page);
  await page.getByRole('link', { name: 'API Keys' }).first().click();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
}

async function revokeKey(page: Page) {
  await addKey(page);
  await page.getByRole('link', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByRole('dialog')).toContainText('This can’t be undone');
}

async function review(page: Page) {
  await fill(page, { City: 'Oakland' });
  await page.getByRole('button', { name: 'Review changes' }).click();
  await expect(page.getByRole('dialog', { name: 'Review changes' })).toBeVisible();
}

for (const { what, title, address, who = 'admin', act } of looks) {
  test.describe(what, () => {
    test.use({ who });

    test('is accessible, light and dark', async ({ page, session }) => {
      await visit(page, typeof address === 'string' ? address : await address(session));
      await expect(heading(page, title)).toBeVisible();
      await act?.(page);
      await axe(page);
    });
  });
}

test('the navigation is accessible', async ({ page, isMobile }) => {
  await visit(page, '/clients?q=LEO-LAB');
  if (isMobile) await page.getByRole('button', { name: 'Navigation' }).click();
  const navigation = page.getByRole('navigation', { name: 'Main' });
  await expect(navigation.getByRole('link', { name: 'Clients' })).toHaveAttribute('aria-current', 'page');
  await axe(page);
  await navigation.getByRole('link', { name: 'Settings' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(page.getByRole('main'), 'the focus goes along').toBeFocused();
});

test('a page is no wider than the window', async ({ page, session }) => {
  for (const address of ['/', '/clients', '/clients/import', '/clients/client_8', '/clients/client_8/edit', await session.makeDraft(), '/catalogues/services', '/settings', '/account', '/users', '/users/new', '/users/USR0000000001', '/user-groups', '/permission-sets', '/permission-sets/new', '/roles', '/roles/new', '/why?user=USR0000000001&kind=client&id=client_9', '/clients/client_8/restrictions', '/devices', '/devices/new', '/devices/import', '/devices/2912ca9f-5c62-451f-82a8-8c08ca9c9447', '/device-groups', '/credential-sets', '/credential-sets/new', '/credential-sets/new?type=STORAGE', SET, '/api-keys', '/api-keys/new', '/accounts/aws/msp', '/accounts/aws/msp/new', '/accounts/aws/non-msp', '/accounts/aws/msp/aws_1/members', '/accounts/aws/aws_2', '/accounts/aws/aws_5']) {
    await visit(page, address);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), address).toBeLessThanOrEqual(0);
  }
});
