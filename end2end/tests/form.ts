import { expect, type Locator, type Page } from '@playwright/test';

/** A page, or a part of one such as a dialog. */
type Place = Page | Locator;

/** Finds and takes one of many values in a combobox. */
export async function choose(place: Place, label: string, words: string, option: string) {
  const box = place.getByRole('combobox', { name: label });
  await box.fill(words);
  await place.getByRole('listbox', { name: label }).getByRole('option', { name: option }).click();
  await expect(box).toHaveAttribute('aria-expanded', 'false');
}

/** Finds and picks one of very many in a picker, where several can be chosen, by how its option begins. */
export async function pick(place: Place, label: string, words: string, option: string) {
  const box = place.getByRole('combobox', { name: `Search ${label.toLowerCase()}`, exact: true });
  await box.fill(words);
  const found = place.getByRole('listbox', { name: label, exact: true }).getByRole('option').filter({ hasText: beginning(option) });
  await found.click();
  await expect(box, 'the next one is searched for anew').toHaveValue('');
  await expect(place.getByRole('group', { name: label, exact: true }).getByRole('button', { name: new RegExp(`^Remove ${escaped(option)}`) }).first()).toBeVisible();
  // Where only one can be picked the list is shut by now, and Escape would shut the dialog around it.
  if ((await box.getAttribute('aria-expanded')) === 'true') await box.press('Escape');
}

/** Switches something on or off. */
export async function answer(place: Place, question: string, words: 'Yes' | 'No') {
  await place.getByRole('switch', { name: question, exact: true }).setChecked(words === 'Yes');
}

/** Opens folded sections. */
export async function unfold(page: Page, ...titles: string[]) {
  for (const title of titles) {
    const details = section(page, title).locator('details').first();
    if ((await details.getAttribute('open')) === null) await details.locator('summary').click();
  }
}

/** Ticks the boxes whose names begin with these words. */
export async function tick(place: Place, group: string, ...names: string[]) {
  for (const name of names) await box(place, group, name).check();
}

/** The box of a group whose name begins with these words; behind them stands what it means. */
export function box(place: Place, group: string, name: string): Locator {
  return place.getByRole('group', { name: group, exact: true }).getByRole('checkbox', { name: beginning(name) });
}

/** Fills fields by their labels. */
export async function fill(place: Place, fields: Record<string, string>) {
  for (const [label, text] of Object.entries(fields)) await place.getByLabel(label, { exact: true }).fill(text);
}

/** Fails the test unless the fields hold these texts. */
export async function expectFilled(place: Place, fields: Record<string, string>) {
  for (const [label, text] of Object.entries(fields)) await expect(place.getByLabel(label, { exact: true })).toHaveValue(text);
}

/** A titled part of a page. */
export function section(page: Page, title: string): Locator {
  return page.locator('section').filter({ has: page.getByRole('heading', { level: 2, name: title, exact: true }) });
}

/** The link to a tab on the page of a client; behind its name stands how many things it lists. */
export function tab(page: Page, client: string, name: string): Locator {
  return page.getByRole('navigation', { name: client, exact: true }).getByRole('link', { name: new RegExp(`^${escaped(name)}( [\\d,+]+)?$`) });
}

/** What stands under a label on a page of details. */
export function fact(place: Place, label: string): Locator {
  const page = 'page' in place ? place.page() : place;
  const term = page.getByRole('term').filter({ hasText: new RegExp(`^${escaped(label)}$`) });
  return place.locator('dl > div').filter({ has: term }).getByRole('definition');
}

/** The list at the top that says what is wrong. */
export const summary = (page: Page) => page.getByRole('alert').filter({ hasText: 'Please correct the following' });

/** What is said about a field below it. */
export async function expectFault(field: Locator, sentence: string) {
  await expect(field).toHaveAccessibleDescription(new RegExp(escaped(sentence)));
  await expect(field).toHaveAttribute('aria-invalid', 'true');
}

/** A short message in the corner. */
export const toast = (page: Page, words: string | RegExp) => page.getByRole('status').getByText(words);

const beginning = (words: string) => new RegExp(`^${escaped(words)}`);

const escaped = (words: string) => words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
