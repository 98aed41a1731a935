import { writeFileSync } from 'node:fs';
import { password } from '../tests/api';
import { picture } from '../tests/picture';
import { expect, test } from './fixtures';
import type { Visitor } from './visitor';

const ADMIN = 'admin@leoart.example';

/** Signs the administrator in. */
async function enter(visitor: Visitor) {
  await visitor.goto('/login');
  await visitor.signIn(ADMIN, password);
  await visitor.expectHeading('Home');
  await visitor.hydrated();
}

const press = (visitor: Visitor, name: string) => visitor.click({ role: 'button', name });
const table = (name: string) => ({ role: 'table', name }) as const;

test('one signs in and out', async ({ visitor }) => {
  await visitor.goto('/clients/client_8');
  await visitor.expectHeading('Sign in');
  await visitor.signIn(ADMIN, 'Wrong#2026');
  await visitor.expectWords('The login name or the password is wrong.', { role: 'alert' });
  await visitor.hydrated();
  await visitor.signIn(ADMIN, password);
  await visitor.expectHeading('LeoArt Lab');
  await visitor.expectAddress('/clients/client_8');
  expect(await visitor.look('return document.cookie'), 'no script reads the session').not.toContain('tenantry');

  await visitor.goto('/clients');
  await visitor.expectHeading('Clients');
  await visitor.click({ role: 'button', name: 'Your account: *' });
  await visitor.click({ role: 'menu' }, { role: 'button', name: 'Sign out' });
  await visitor.expectHeading('Sign in');
  await visitor.expectCount(0, { role: 'alert' });
  await visitor.goto('/clients');
  await visitor.expectAddress('/login?next=/clients');
});

test('the list is searched while one types, and sorted', async ({ visitor }) => {
  await enter(visitor);
  await visitor.goto('/clients');
  await visitor.expectCount(25, table('Clients'), { role: 'rowheader' });
  await visitor.fill('oart', { role: 'searchbox', name: 'Search clients' });
  await visitor.expectTexts(['LeoArt Corp.', 'LeoArt Lab'], table('Clients'), { role: 'rowheader' });
  await visitor.expectAddress('/clients?q=oart');
  await visitor.click(table('Clients'), { role: 'columnheader', name: 'Name*' }, { role: 'link' });
  await visitor.expectTexts(['LeoArt Lab', 'LeoArt Corp.'], table('Clients'), { role: 'rowheader' });
  await visitor.fill('no such client anywhere', { role: 'searchbox', name: 'Search clients' });
  await visitor.expectCount(0, table('Clients'), { role: 'rowheader' });
});

test('a client is typed through all tabs, with an image', async ({ visitor }, testInfo) => {
  await enter(visitor);
  await visitor.goto('/clients/new');
  await visitor.fillAll({ 'Client Name': 'Nordwind Logistik GmbH', Address: '12 Harbour Road', City: 'Hamburg', Zip: '20457' });
  await visitor.choose('Country', 'germ', 'Germany');
  await visitor.expectValue('Europe/Berlin', { role: 'combobox', name: 'Time Zone' });
  await press(visitor, 'Next');
  await visitor.click({ role: 'group', name: 'Product packages' }, { role: 'checkbox', name: 'Hybrid Discovery and Monitoring*' });
  await press(visitor, 'Next');
  await visitor.click({ role: 'group', name: 'Add-ons' }, { role: 'checkbox', name: 'Offline Alerts*' });
  await press(visitor, 'Next');
  await visitor.click({ role: 'checkbox', name: 'Network Monitoring*' });
  await visitor.click({ role: 'group', name: 'Technologies of Network Monitoring' }, { role: 'checkbox', name: 'SNMP*' });
  await press(visitor, 'Next');
  await press(visitor, 'Add alternate access');
  await visitor.select('SSH', { role: 'field', name: 'Access Type' });
  await visitor.fillAll({ 'IP Address': '10.1.2.7', Port: '22', 'User Name': 'netops' });
  await press(visitor, 'Next');
  const file = testInfo.outputPath('core_network.png');
  writeFileSync(file, picture('core_network.png').buffer);
  await visitor.upload(file, { role: 'file', name: 'Choose images' });
  await visitor.expectValue('core network', { role: 'field', name: 'Title' });
  await press(visitor, 'Finish');

  await visitor.expectHeading('Nordwind Logistik GmbH');
  await visitor.expectAddress(/^\/clients\/client_\d+$/);
  await visitor.expectWords('Nordwind Logistik GmbH was created.', { role: 'status' });
  const facts = { 'Client Name': 'Nordwind Logistik GmbH', City: 'Hamburg', Country: 'Germany', 'Time Zone': 'Europe/Berlin', 'Add-Ons': 'Offline Alerts' };
  await visitor.goto(`${await visitor.look('return location.pathname')}/settings`);
  await visitor.expectFacts(facts);
  await visitor.look(`document.querySelector('main img').scrollIntoView()`);
  await expect.poll(() => visitor.each([{ role: 'image' }], '[element.alt, element.naturalWidth]'), 'the image is drawn').toEqual([['core network', 24]]);

  await visitor.goto('/clients?q=nordwind');
  await visitor.expectTexts(['Nordwind Logistik GmbH'], table('Clients'), { role: 'rowheader' });
});

test('a role is made with pickers, reviewed and deleted', async ({ visitor }) => {
  await enter(visitor);
  await visitor.goto('/roles/new');
  await visitor.click({ role: 'radio', name: 'Partner users*' });
  await visitor.fillAll({ Name: 'Two clients' });
  await visitor.pick('Permission sets', 'techn', 'Technician');
  await visitor.pick('Clients', 'leoart', 'LeoArt Corp.');
  await visitor.pick('Clients', 'leoart', 'LeoArt Lab');
  await visitor.expectCount(1, { role: 'button', name: 'Remove LeoArt Lab' });
  await press(visitor, 'Review and save');
  const review = { role: 'dialog', name: 'Review changes' } as const;
  await visitor.expectWords('+2', review, { role: 'row', name: 'Clients*' });
  await visitor.click(review, { role: 'button', name: 'Save' });
  await visitor.expectHeading('Two clients');
  await visitor.expectWords('Two clients was saved.', { role: 'status' });
  await visitor.expectCount(0, review);
  await visitor.expectCount(1, { role: 'button', name: 'Remove LeoArt Lab' });

  await press(visitor, 'Delete');
  await visitor.click({ role: 'dialog', name: 'Delete Two clients?' }, { role: 'button', name: 'Delete' });
  await visitor.expectHeading('Roles');
  await visitor.expectCount(0, { role: 'rowheader', name: 'Two clients' });
});

test('menus and dialogs open, shut on Escape and give the focus back', async ({ visitor }) => {
  await enter(visitor);
  await visitor.goto('/clients?q=oart');
  const actions = { role: 'button', name: 'Actions for LeoArt Lab' } as const;
  await visitor.click(actions);
  await visitor.expectCount(1, { role: 'menu' });
  await visitor.press('Escape');
  await visitor.expectCount(0, { role: 'menu' });
  await visitor.click(actions);
  await visitor.click({ role: 'menu' }, { role: 'button', name: 'Suspend*' });
  const question = { role: 'dialog', name: 'Suspend LeoArt Lab?' } as const;
  await visitor.expectCount(1, question);
  expect(await visitor.each([question], 'element.contains(document.activeElement)'), 'the focus is inside').toEqual([true]);
  await visitor.press('Escape');
  await visitor.expectCount(0, question);
  await visitor.expectTexts(['LeoArt Corp.', 'LeoArt Lab'], table('Clients'), { role: 'rowheader' });
});

test('the theme changes every colour', async ({ visitor }) => {
  await enter(visitor);
  const background = () => visitor.look<string>('return getComputedStyle(document.body).backgroundColor');
  await visitor.click({ role: 'button', name: 'Your account: *' });
  await visitor.click({ role: 'menu' }, { role: 'radio', name: 'Dark' });
  await expect.poll(background).toBe('rgb(13, 16, 18)');
  await visitor.goto('/roles');
  expect(await background(), 'it stays').toBe('rgb(13, 16, 18)');
});

test.describe('in a narrow window', () => {
  test.use({ size: [390, 800] });

  test('the navigation stands behind its button, and nothing is cut off', async ({ visitor }) => {
    await enter(visitor);
    for (const address of ['/clients', '/clients/client_8', '/roles/new']) {
      await visitor.goto(address);
      expect(await visitor.look('return document.documentElement.scrollWidth - innerWidth'), address).toBeLessThanOrEqual(0);
    }
    await press(visitor, 'Navigation');
    await visitor.click({ role: 'navigation', name: 'Main' }, { role: 'link', name: 'Clients' });
    await visitor.expectHeading('Clients');
    await visitor.expectCount(0, { role: 'navigation', name: 'Main' });
  });
});
