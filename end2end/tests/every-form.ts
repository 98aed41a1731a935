import type { Page } from '@playwright/test';
import type { Session } from './api';
import { expect, heading } from './fixtures';
import { fact, fill, pick, section, tick, toast, expectFilled } from './form';

/** Presses a button. */
export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** Where a form is, how it is filled and saved, and what shows that it was. */
export interface Form {
  address: string | ((session: Session, unique: string) => Promise<string>);
  fill: (page: Page, unique: string) => Promise<void>;
  save: (page: Page) => Promise<void>;
  saved: (page: Page, unique: string) => Promise<void>;
}

/** Every form that one leaves by saving it. */
export const forms: Record<string, Form> = {
  'a new user': {
    address: '/users/new',
    fill: async (page, unique) => {
      const login = `${unique.slice(-40)}@typed.example`;
      await fill(page, { 'First name': 'Ada', 'Last name': unique, 'Login name': login, 'E-mail address': login });
      await pick(page, 'Roles', 'technician', 'Technician');
    },
    save: (page) => press(page, 'Add user'),
    saved: async (page, unique) => {
      await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
      await page.getByRole('link', { name: 'See the user' }).click();
      await expect(heading(page, `Ada ${unique}`)).toBeVisible();
      await expect(fact(section(page, 'Access'), 'Roles')).toHaveText('Technician');
    },
  },
  'a new user group': {
    address: '/user-groups/new',
    fill: (page, unique) => fill(page, { Name: unique, Description: 'Typed' }),
    save: (page) => press(page, 'Add and choose users'),
    saved: async (page, unique) => {
      await expect(heading(page, `Edit ${unique}`)).toBeVisible();
      await expectFilled(page, { Description: 'Typed' });
    },
  },
  'a new device group': {
    address: '/device-groups/new',
    fill: (page, unique) => fill(page, { Name: unique, Description: 'Typed' }),
    save: (page) => press(page, 'Add and choose devices'),
    saved: async (page, unique) => {
      await expect(heading(page, `Edit ${unique}`)).toBeVisible();
      await expectFilled(page, { Description: 'Typed' });
    },
  },
  'a new device': {
    address: '/devices/new',
    fill: async (page, unique) => {
      await page.getByRole('combobox', { name: 'Search client' }).fill('leoart lab');
      await page.getByRole('option', { name: /^LeoArt Lab/ }).click();
      await fill(page, { Name: unique, Make: 'Lenovo' });
      await page.getByRole('radio', { name: 'Server' }).check();
    },
    save: (page) => press(page, 'Add device'),
    saved: async (page, unique) => {
      await expect(heading(page, unique)).toBeVisible();
      await expect(fact(page, 'Make')).toHaveText('Lenovo');
    },
  },
  'a new permission set': {
    address: '/permission-sets/new',
    fill: async (page, unique) => {
      await fill(page, { Name: unique, Description: 'Typed' });
      await tick(page, 'User Groups', 'View');
    },
    save: (page) => press(page, 'Add permission set'),
    saved: async (page, unique) => {
      await expect(heading(page, unique)).toBeVisible();
      await expect(fact(page, 'Description')).toHaveText('Typed');
    },
  },
  'a new role': {
    address: '/roles/new',
    fill: async (page, unique) => {
      await page.getByRole('radio', { name: /^Partner users/ }).check();
      await fill(page, { Name: unique });
      // What a save would change is asked for while one types.
      const looked = page.waitForResponse((answer) => answer.url().endsWith('/rpc/roles/difference') && !!answer.request().postData()?.includes('PSET-'));
      await pick(page, 'Permission sets', 'techn', 'Technician');
      await looked;
    },
    save: async (page) => {
      await press(page, 'Review and save');
      await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
    },
    saved: async (page, unique) => {
      await expect(heading(page, unique)).toBeVisible();
      await expect(page.getByRole('button', { name: 'Remove Technician' })).toBeVisible();
    },
  },
  'a new credential set': {
    address: '/credential-sets/new?type=SSH',
    fill: (page, unique) => fill(page, { Name: unique, 'User name': 'root', Password: 'Sunrise#26' }),
    save: (page) => press(page, 'Add credential set'),
    saved: async (page, unique) => {
      await expect(heading(page, unique)).toBeVisible();
      await expect(fact(section(page, 'Credentials'), 'Password')).toHaveText('Stored');
    },
  },
  'a new API key': {
    address: '/api-keys/new',
    fill: async (page, unique) => {
      await fill(page, { Name: unique });
      await pick(page, 'Roles', 'technician', 'Technician');
    },
    save: (page) => press(page, 'Add API key'),
    saved: async (page, unique) => {
      await expect(heading(page, unique)).toBeVisible();
      await expect(page.getByText('Copy the secret now')).toBeVisible();
    },
  },
  'an item of a catalogue': {
    address: '/catalogues/add-ons',
    fill: async (page, unique) => {
      await press(page, 'Add add-on');
      await fill(page.getByRole('dialog', { name: 'Add add-on' }), { Name: unique, Description: 'Typed' });
    },
    save: (page) => page.getByRole('dialog', { name: 'Add add-on' }).getByRole('button', { name: 'Save' }).click(),
    saved: async (page, unique) => {
      await expect(toast(page, `“${unique}” was saved.`)).toBeVisible();
      await expect(page.getByRole('row').filter({ hasText: unique })).toContainText('Typed');
    },
  },
  'the details of a client': {
    address: async (session, unique) => `/clients/${await session.makeClient({ name: unique })}/edit`,
    fill: (page) => fill(page, { City: 'Typedorf', Zip: '12345' }),
    save: async (page) => {
      await press(page, 'Review changes');
      await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
    },
    saved: async (page) => {
      await expect(fact(section(page, 'Client Details'), 'City')).toHaveText('Typedorf');
      await expect(fact(section(page, 'Client Details'), 'Zip')).toHaveText('12345');
    },
  },
  'restricted permissions': {
    address: async (session, unique) => `/clients/${await session.makeClient({ name: unique })}/restrictions`,
    fill: (page) => tick(page, 'User Groups', 'Manage'),
    save: (page) => press(page, 'Save'),
    saved: async (page) => {
      await expect(toast(page, /were saved\.$/)).toBeVisible();
      await expect(section(page, 'Blocked permissions')).toContainText('Nobody can do this here');
    },
  },
};
