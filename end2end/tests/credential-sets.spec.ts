import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { expectFault, fact, fill, section, summary, toast } from './form';

/** Of each type with a form: what must be filled in, and which of it is secret. */
const types = {
  AWS: { open: ['Account name'], secret: ['Account key'] },
  Azure: { open: ['Account ID'], secret: ['Management certificate'] },
  Database: { open: ['User name'], secret: ['Password'] },
  HTTP: { open: ['User name'], secret: ['Password'] },
  SNMP: { open: [], secret: ['Community'] },
  SSH: { open: ['User name'], secret: ['Password'] },
  Storage: { open: ['User name'], secret: ['Password'] },
  Telnet: { open: [], secret: ['Password'] },
  VMware: { open: ['User name'], secret: ['Password'] },
  VNC: { open: [], secret: ['Password'] },
  Windows: { open: ['User name'], secret: ['Password'] },
} satisfies Record<string, { open: string[]; secret: string[] }>;

const secret = 'Never-shown-4711';

const field = (page: Page, label: string) => page.getByLabel(label, { exact: true });
const add = (page: Page) => page.getByRole('button', { name: 'Add credential set' });
const save = (page: Page) => page.getByRole('button', { name: 'Save' });

async function begin(page: Page, type: string) {
  await visit(page, '/credential-sets');
  await page.getByRole('link', { name: 'Add credential set' }).click();
  await expect(heading(page, 'Add credential set')).toBeVisible();
  await section(page, 'Type').getByRole('link', { name: new RegExp(`^${type}\\b`) }).click();
  await expect(heading(page, `Add credential set: ${type}`)).toBeVisible();
}

for (const [type, { open, secret: secrets }] of Object.entries(types)) {
  test(`a set for ${type} is made, read and deleted`, async ({ page }, { project }) => {
    const name = `${type} of ${project.name}`;
    await begin(page, type);
    await add(page).click();
    await expect(summary(page)).toBeFocused();
    for (const label of ['Name', ...open, ...secrets]) await expect(field(page, label), label).toHaveAttribute('aria-invalid', 'true');
    await expect(summary(page).getByRole('listitem')).toHaveCount(1 + open.length + secrets.length);
    await fill(page, { Name: name, Description: 'For a test' });
    for (const label of open) await fill(page, { [label]: 'somebody' });
    for (const label of secrets) await fill(page, { [label]: secret });
    await add(page).click();
    await expect(toast(page, `${name} was added.`)).toBeVisible();
    await expect(heading(page, name)).toBeVisible();
    await expect(fact(page, 'Type')).toHaveText(type);
    for (const label of open) await expect(fact(section(page, 'Credentials'), label)).toHaveText('somebody');
    for (const label of secrets) await expect(fact(section(page, 'Credentials'), label)).toHaveText('Stored');
    await visit(page, page.url());
    expect(await page.content()).not.toContain(secret);

    await page.getByRole('button', { name: 'Delete' }).click();
    const question = page.getByRole('dialog', { name: `Delete ${name}?` });
    await expect(question).toContainText('No role lists it.');
    await question.getByRole('button', { name: 'Delete' }).click();
    await expect(toast(page, `${name} was deleted.`)).toBeVisible();
    await expect(heading(page, 'Credential Sets')).toBeVisible();
  });
}

test('a form asks for what means something, and tells every wrong field at once', async ({ page }) => {
  await begin(page, 'SNMP');
  await field(page, 'SNMP version').selectOption('Version 3');
  await expect(field(page, 'Community'), 'version 3 has none').toHaveCount(0);
  await field(page, 'Security level').selectOption('Authentication and encryption');
  await fill(page, { 'Security name': 'netops', Port: 'x', 'Timeout (milliseconds)': 'soon' });
  await add(page).click();
  await expectFault(field(page, 'Name'), 'Enter the credential set');
  await expectFault(field(page, 'Port'), 'Enter a whole number from 0 to 65535.');
  await expectFault(field(page, 'Timeout (milliseconds)'), 'Enter a whole number');
  await expectFault(field(page, 'Encryption password'), 'Enter the encryption password.');
  await expect(field(page, 'Security name'), 'nothing typed is lost').toHaveValue('netops');
  await field(page, 'Security level').selectOption('Neither authentication nor encryption');
  await expect(field(page, 'Encryption password')).toHaveCount(0);
  await fill(page, { Name: 'Agent', Port: '161', 'Timeout (milliseconds)': '5000' });
  await expect(summary(page)).toHaveCount(0);
});

test('a set of another type has every field', async ({ page }, { project }) => {
  const name = `Pigeon of ${project.name}`;
  await visit(page, '/credential-sets/new');
  await fill(page, { 'Name of the type': 'Carrier pigeon' });
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(heading(page, 'Add credential set: Carrier pigeon')).toBeVisible();
  await fill(page, { Name: name, 'ESX user name': 'columba', 'Private key': secret });
  await add(page).click();
  await expect(fact(page, 'Type')).toHaveText('Carrier pigeon');
  await expect(fact(page, 'ESX user name')).toHaveText('columba');
  await expect(fact(page, 'Private key')).toHaveText('Stored');
});

test('a secret is kept, replaced and removed, and never shown', async ({ page }, { project }) => {
  const name = `Routers of ${project.name}`;
  await begin(page, 'SSH');
  await fill(page, { Name: name, 'User name': 'root', Password: secret, 'Password of the privileged mode': secret });
  await add(page).click();
  await expect(heading(page, name)).toBeVisible();
  const credentials = section(page, 'Credentials');

  await page.getByRole('link', { name: 'Edit' }).click();
  await expect(field(page, 'Password')).toHaveValue('');
  await expect(field(page, 'Password')).toHaveAccessibleDescription(/^One is stored/);
  await expect(page.getByRole('checkbox', { name: 'Remove stored value: Password', exact: true }), 'SSH needs one').toHaveCount(0);
  await fill(page, { Description: 'All of them' });
  await save(page).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expect(fact(page, 'Description')).toHaveText('All of them');
  await expect(fact(credentials, 'Password')).toHaveText('Stored');
  await expect(fact(credentials, 'Password of the privileged mode')).toHaveText('Stored');

  await page.getByRole('link', { name: 'Edit' }).click();
  await fill(page, { Password: `${secret}-2` });
  await page.getByRole('checkbox', { name: 'Remove stored value: Password of the privileged mode' }).check();
  await save(page).click();
  await expect(fact(credentials, 'Password of the privileged mode')).toHaveText('None');
  await expect(fact(credentials, 'Password')).toHaveText('Stored');
  for (const address of [page.url(), `${page.url()}/edit`, '/credential-sets']) {
    await visit(page, address);
    expect(await page.content(), address).not.toContain(secret);
  }
});

test('the question before a deletion says which roles lose the set', async ({ page }) => {
  await visit(page, '/credential-sets?q=agent-wmi');
  await page.getByRole('link', { name: 'Agent-WMI-Discovery' }).click();
  await expect(section(page, 'Access')).toContainText('1 role lists it');
  await page.getByRole('button', { name: 'Delete' }).click();
  const question = page.getByRole('dialog', { name: 'Delete Agent-WMI-Discovery?' });
  await expect(question).toContainText('1 role lists it, and loses it.');
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('sees the client’s own sets alone', async ({ page }) => {
    await visit(page, '/credential-sets');
    const rows = page.getByRole('table').getByRole('row').filter({ has: page.getByRole('rowheader') });
    await expect(rows.filter({ hasText: 'Agent-WMI-Discovery' })).toBeVisible();
    await expect(rows.filter({ hasNotText: 'LeoArt Lab' })).toHaveCount(0);
  });
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads, and is told what is missing for more', async ({ page }) => {
    await visit(page, '/credential-sets?q=agent-wmi');
    const link = page.getByRole('link', { name: 'Add credential set' });
    await expect(link).toHaveAttribute('aria-disabled', 'true');
    await expect(link).toHaveAccessibleDescription(/“Credential Sets: Manage”/);
    await page.getByRole('link', { name: 'Agent-WMI-Discovery' }).click();
    await expect(page.getByRole('button', { name: 'Delete' })).toHaveAccessibleDescription(/“Credential Sets: Manage”/);
    await visit(page, '/credential-sets/new?type=SSH');
    await expect(page.getByRole('heading', { name: 'You can’t add credential sets' })).toBeVisible();
  });
});
