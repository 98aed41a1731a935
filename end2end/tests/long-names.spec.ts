import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { fill, pick, toast } from './form';

/** The longest name of a noun, without a break opportunity. */
const unbroken = (length: number, project: string) => (`${project}-`.padEnd(length, 'Wm') + 'x').slice(-length);

/** Fails the test if something overflows the window. */
async function expectWithin(page: Page, what: string) {
  const { scroll, width, out } = await page.evaluate(() => {
    const width = window.innerWidth;
    const seen = [...document.querySelectorAll<HTMLElement>('main *, dialog[open] *')].filter((element) => element.checkVisibility() && !element.closest('.visually-hidden'));
    const out = seen.filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (right > width + 1 || left < -1) && !element.closest('thead, .crumbs ~ .nothing');
    });
    return { width, scroll: document.documentElement.scrollWidth, out: out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)) };
  });
  expect(scroll, `${what} is wider than the window`).toBeLessThanOrEqual(width);
  expect(out, `${what}: pushed out of view`).toEqual([]);
}

interface Noun {
  length: number;
  list: string;
  /** Creates one by name and returns the address of its page. */
  make: (page: Page, name: string) => Promise<void>;
  dialog?: string;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

const nouns: Record<string, Noun> = {
  'user group': {
    length: 120,
    list: '/user-groups?q=',
    dialog: 'Delete',
    make: async (page, name) => {
      await visit(page, '/user-groups/new');
      await fill(page, { Name: name, Description: name });
      await press(page, 'Add and choose users');
      await page.getByRole('link', { name: 'Cancel' }).click();
    },
  },
  'device group': {
    length: 120,
    list: '/device-groups?q=',
    dialog: 'Delete',
    make: async (page, name) => {
      await visit(page, '/device-groups/new');
      await fill(page, { Name: name, Description: name });
      await press(page, 'Add and choose devices');
      await page.getByRole('link', { name: 'Cancel' }).click();
    },
  },
  device: {
    length: 120,
    list: '/devices?q=',
    dialog: 'Delete',
    make: async (page, name) => {
      await visit(page, '/devices/new');
      await page.getByRole('combobox', { name: 'Search client' }).fill('leoart lab');
      await page.getByRole('option', { name: /^LeoArt Lab/ }).click();
      await fill(page, { Name: name });
      await page.getByRole('radio', { name: 'Server' }).check();
      await press(page, 'Add device');
    },
  },
  'permission set': {
    length: 80,
    list: '/permission-sets?q=',
    dialog: 'Delete',
    make: async (page, name) => {
      await visit(page, '/permission-sets/new');
      await fill(page, { Name: name, Description: name });
      await page.getByRole('group', { name: 'User Groups', exact: true }).getByRole('checkbox', { name: /^View/ }).check();
      await press(page, 'Add permission set');
    },
  },
  'credential set': {
    length: 80,
    list: '/credential-sets?q=',
    dialog: 'Delete',
    make: async (page, name) => {
      await visit(page, '/credential-sets/new?type=SSH');
      await fill(page, { Name: name, 'User name': name.slice(0, 60), Password: 'Sunrise#26' });
      await press(page, 'Add credential set');
    },
  },
  'API key': {
    length: 80,
    list: '/api-keys?q=',
    dialog: 'Revoke',
    make: async (page, name) => {
      await visit(page, '/api-keys/new');
      await fill(page, { Name: name });
      await pick(page, 'Roles', 'technician', 'Technician');
      await press(page, 'Add API key');
      await expectWithin(page, 'the secret');
      await page.getByRole('link', { name: 'Done' }).click();
    },
  },
  role: {
    length: 80,
    list: '/roles?q=',
    dialog: 'Copy',
    make: async (page, name) => {
      await visit(page, '/roles/new');
      await page.getByRole('radio', { name: /^Partner users/ }).check();
      await fill(page, { Name: name, Description: name });
      await press(page, 'Review and save');
      await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
    },
  },
  user: {
    length: 80,
    list: '/users?q=',
    make: async (page, name) => {
      const login = `${name.slice(-60)}@long.example`;
      await visit(page, '/users/new');
      await fill(page, { 'First name': name, 'Last name': name, 'Login name': login, 'E-mail address': login });
      await pick(page, 'Roles', 'technician', 'Technician');
      await press(page, 'Add user');
      await expect(page.getByRole('textbox', { name: 'Link' })).toBeVisible();
      await expectWithin(page, 'the link');
      await page.getByRole('link', { name: 'See the user' }).click();
    },
  },
};

for (const [what, noun] of Object.entries(nouns)) {
  test(`an unbroken name of a ${what} pushes nothing out of view`, async ({ page }, { project }) => {
    const name = unbroken(noun.length, project.name);
    await noun.make(page, name);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(name);
    await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Edit');
    await expectWithin(page, 'the page');
    if (noun.dialog) {
      await page.getByRole('button', { name: noun.dialog, exact: true }).click();
      await expect(page.getByRole('dialog').filter({ hasText: name })).toBeVisible();
      await expectWithin(page, 'the dialog');
      await page.keyboard.press('Escape');
    }
    const edit = page.getByRole('link', { name: 'Edit', exact: true });
    if (await edit.count()) {
      await edit.click();
      await expect(page.getByRole('heading', { level: 1, name: /^Edit/ })).toBeVisible();
      await expectWithin(page, 'the form');
    }
    await visit(page, noun.list + encodeURIComponent(name));
    await expect(page.getByRole('rowheader').first()).toContainText(name);
    await expectWithin(page, 'the list');
  });
}

test('an unbroken name of a client pushes nothing out of view', async ({ page, session }, { project }) => {
  const name = unbroken(120, project.name);
  const id = await session.makeClient({ name, city: 'W'.repeat(60), contact_person: 'M'.repeat(80) });
  await visit(page, `/clients/${id}`);
  await expect(heading(page, name)).toBeVisible();
  await expectWithin(page, 'the page');
  await press(page, 'Suspend');
  await expectWithin(page, 'the dialog');
  await page.keyboard.press('Escape');
  await visit(page, `/clients/${id}/edit`);
  await expectWithin(page, 'the form');
  await fill(page, { City: 'V'.repeat(60) });
  await press(page, 'Review changes');
  await expectWithin(page, 'the review');
  await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, `${name} was saved.`)).toBeVisible();
  await expectWithin(page, 'the message');
  await visit(page, `/clients?q=${encodeURIComponent(name)}`);
  await expectWithin(page, 'the list');
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await expectWithin(page, 'the menu');
});

test('a message covers no button', async ({ page, session }) => {
  const id = await session.makeClient({ name: 'Uncovered Ltd' });
  await visit(page, `/clients/${id}/edit`);
  await fill(page, { City: 'Bremen' });
  await press(page, 'Review changes');
  await page.getByRole('dialog', { name: 'Review changes' }).getByRole('button', { name: 'Save' }).click();
  await expect(toast(page, 'Uncovered Ltd was saved.')).toBeVisible();
  const covered = await page.evaluate(() => {
    const message = document.querySelector('.toast')!.getBoundingClientRect();
    const buttons = [...document.querySelectorAll('button, a.button')].filter((button) => button.checkVisibility() && !button.closest('.toasts'));
    const boxes = buttons.map((button) => ({ button, box: button.getBoundingClientRect() }));
    const overlaps = ({ box }: { box: DOMRect }) => box.width > 0 && box.left < message.right && box.right > message.left && box.top < message.bottom && box.bottom > message.top;
    return boxes.filter(overlaps).map(({ button }) => button.textContent);
  });
  expect(covered).toEqual([]);
});
