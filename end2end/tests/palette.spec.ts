import { type Page } from '@playwright/test';
import { axe, expect, heading, test, visit } from './fixtures';

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search or go to…' });
const box = (page: Page) => palette(page).getByRole('combobox');
const options = (page: Page) => palette(page).getByRole('option');

/** Opens it as one does on the device: by its button on a phone, by keys elsewhere. */
async function open(page: Page, isMobile: boolean) {
  if (isMobile) await page.getByRole('banner').getByRole('button', { name: 'Search or go to…' }).click();
  else await page.keyboard.press('Control+k');
  await expect(box(page)).toBeFocused();
}

test('a client is two letters and a key away', async ({ page, isMobile }) => {
  await visit(page, '/settings');
  await open(page, isMobile);
  await box(page).pressSequentially('leoart l');
  await expect(options(page).first()).toContainText(/LeoArt Lab.*Client/);
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  await expect(palette(page)).toBeHidden();

  await visit(page, '/users');
  await open(page, isMobile);
  await expect(options(page).first(), 'what was opened lately comes first').toContainText('LeoArt Lab');
  await page.keyboard.press('Escape');
  await expect(palette(page)).toBeHidden();
});

test('pages, people, devices and actions are found side by side', async ({ page, isMobile }) => {
  await visit(page, '/');
  await open(page, isMobile);
  for (const [words, option, title] of [
    ['permission s', /Permission Sets.*Page/, 'Permission Sets'],
    ['viktor', /Viktor Arnold.*User/, 'Viktor Arnold'],
    ['HYDLPT159', /HYDLPT159.*Device/, 'HYDLPT159'],
    ['add dev', /Add device.*Action/, 'Add device'],
  ] as const) {
    await box(page).fill(words);
    await options(page).filter({ hasText: option }).first().click();
    await expect(heading(page, title)).toBeVisible();
    await open(page, isMobile);
  }
  await box(page).fill('no such thing anywhere');
  await expect(palette(page).getByText('Nothing found')).toBeVisible();
});

test('a client is suspended by its name, after a question', async ({ page, session, isMobile }, { project }) => {
  const name = `Palette ${project.name} Ltd`;
  await session.makeClient({ name });
  await visit(page, '/');
  await open(page, isMobile);
  await box(page).fill('suspend');
  await options(page).filter({ hasText: 'Suspend client…' }).click();
  await expect(box(page)).toHaveValue('Suspend ');
  await box(page).pressSequentially(name);
  await options(page).filter({ hasText: `Suspend ${name}…` }).click();
  await page.getByRole('dialog', { name: `Suspend ${name}?` }).getByRole('button', { name: 'Suspend' }).click();
  await expect(heading(page, name)).toBeVisible();
  await expect(page.getByRole('main').getByText('Suspended', { exact: true })).toBeVisible();
});

test('keys are listed, and single ones can be switched off', async ({ page, isMobile }) => {
  test.skip(isMobile, 'a phone has no keys');
  await visit(page, '/clients');
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox', { name: 'Search clients' })).toBeFocused();
  await page.keyboard.type('/?');
  await expect(page.getByRole('dialog'), 'what is typed is typed').toHaveCount(0);
  await visit(page, '/settings');
  await page.getByRole('main').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(keys.getByText('Search, or go to any page')).toBeVisible();
  await keys.getByRole('switch', { name: /Single-character shortcuts/ }).uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(keys).toBeHidden();
  await open(page, isMobile);
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('finds nothing of other clients, and no action that would be refused', async ({ page, isMobile }) => {
    await visit(page, '/');
    await open(page, isMobile);
    await box(page).fill('leoart');
    await expect(options(page).filter({ hasText: 'LeoArt Lab' }).first()).toBeVisible();
    await expect(options(page).filter({ hasText: 'LeoArt Corp' })).toHaveCount(0);
    await box(page).fill('client');
    await expect(options(page).filter({ hasText: 'Add client' })).toHaveCount(0);
    await expect(options(page).filter({ hasText: 'Suspend client' })).toHaveCount(0);
  });
});

test('it is accessible', async ({ page, isMobile }) => {
  await visit(page, '/');
  await open(page, isMobile);
  await box(page).fill('leo');
  await expect(options(page).first()).toContainText('LeoArt');
  await axe(page);
});
