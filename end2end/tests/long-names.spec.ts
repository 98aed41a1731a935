import { type Page } from '@playwright/test';
import { expect, heading, test, visit } from './fixtures';
import { forms, press } from './every-form';
import { fill, toast } from './form';

/** The longest name of a noun, without a break opportunity. */
const unbroken = (length: number, project: string) => (`${project}-`.padEnd(length, 'Wm') + 'x').slice(-length);

/** Fails the test if something overflows the window. */
async function expectWithin(page: Page, what: string) {
  const { scroll, width, out } = await page.evaluate(() => {
    const width = window.innerWidth;
    const seen = [...document.querySelectorAll<HTMLElement>('main *, dialog[open] *')].filter((element) => element.checkVisibility() && !element.closest('.visually-hidden'));
    // Tabs and the index of sections scroll sideways where they don't fit.
    const out = seen.filter((element) => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (right > width + 1 || left < -1) && !element.closest('thead, .tab-nav, .section-nav');
    });
    return { width, scroll: document.documentElement.scrollWidth, out: out.slice(0, 3).map((element) => element.outerHTML.slice(0, 120)) };
  });
  expect(scroll, `${what} is wider than the window`).toBeLessThanOrEqual(width);
  expect(out, `${what}: pushed out of view`).toEqual([]);
}

interface Noun {
  length: number;
  list: string;
  form: keyof typeof forms;
  /** The link that leads from what follows the form to the page of the new one. */
  leave?: string;
  dialog?: string;
}

const nouns: Record<string, Noun> = {
  'user group': { length: 120, list: '/user-groups', form: 'a new user group', leave: 'Cancel', dialog: 'Delete' },
  'device group': { length: 120, list: '/device-groups', form: 'a new device group', leave: 'Cancel', dialog: 'Delete' },
  device: { length: 120, list: '/devices', form: 'a new device', dialog: 'Delete' },
  'permission set': { length: 80, list: '/permission-sets', form: 'a new permission set', dialog: 'Delete' },
  'credential set': { length: 80, list: '/credential-sets', form: 'a new credential set', dialog: 'Delete' },
  'API key': { length: 80, list: '/api-keys', form: 'a new API key', leave: 'Done', dialog: 'Revoke' },
  role: { length: 80, list: '/roles', form: 'a new role', dialog: 'Copy' },
  user: { length: 80, list: '/users', form: 'a new user', leave: 'See the user' },
};

async function make(page: Page, { form, leave }: Noun, name: string) {
  const { address, fill, save } = forms[form];
  await visit(page, address as string);
  await fill(page, name);
  const description = page.getByLabel('Description', { exact: true });
  if (await description.count()) await description.fill(name);
  await save(page);
  if (leave) {
    const link = page.getByRole('link', { name: leave, exact: true });
    await expect(link).toBeVisible();
    await expectWithin(page, 'what follows the form');
    await link.click();
  }
}

for (const [what, noun] of Object.entries(nouns)) {
  test(`an unbroken name of a ${what} pushes nothing out of view`, async ({ page }, { project }) => {
    const name = unbroken(noun.length, project.name);
    await make(page, noun, name);
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
    await visit(page, `${noun.list}?q=${encodeURIComponent(name)}`);
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
