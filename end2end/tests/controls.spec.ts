import { expect, heading, test, visit } from './fixtures';
import { fill, section } from './form';
import { picture } from './picture';

test('a match that was typed for is taken on Tab, and one that nobody asked for is not', async ({ page, session }) => {
  await visit(page, await session.makeDraft());
  const country = page.getByRole('combobox', { name: 'Country' });
  await country.click();
  await expect(country).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Tab');
  await expect(country, 'only opened').toHaveValue('');
  await country.fill('germ');
  await page.keyboard.press('Tab');
  await expect(country).toHaveValue('Germany');
  await expect(page.getByRole('combobox', { name: 'Time Zone' }), 'the focus moves on').toBeFocused();
  await country.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(country, 'the next one was moved to').not.toHaveValue('Germany');
  await country.fill('germ');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(country, 'a closed list has no match').not.toHaveValue('Germany');
});

test('several are picked one after the other, without clearing what was searched for', async ({ page }) => {
  await visit(page, '/users/new');
  const box = page.getByRole('combobox', { name: 'Search roles' });
  await box.fill('technician');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await page.getByRole('option', { name: /^Technician/ }).first().click();
  await expect(box).toHaveValue('');
  await expect(box).toBeFocused();
  await box.pressSequentially('customer');
  await expect(page.getByRole('option').first()).not.toContainText('Technician');
});

test('a list opens where there is room, and never below the bar', async ({ page }) => {
  await visit(page, '/users/new');
  const box = page.getByRole('combobox', { name: 'Search roles' });
  const bar = page.locator('.form-bar');
  for (const block of ['end', 'start', 'center'] as const) {
    await box.evaluate((input, block) => input.scrollIntoView({ block }), block);
    await box.click();
    const list = page.getByRole('listbox', { name: 'Roles' });
    await expect(list.getByRole('option').nth(1)).toBeVisible();
    const option = list.getByRole('option').first();
    const reachable = await option.evaluate((option) => {
      const { left, top, width, height } = option.getBoundingClientRect();
      return option.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    });
    expect(reachable, `at the ${block} of the window the first match can be clicked`).toBe(true);
    expect(await bar.isVisible()).toBe(true);
    await page.keyboard.press('Escape');
  }
});

test('things of the same name show whose they are', async ({ page, session }, { project }) => {
  const name = `Namesake ${project.name}`;
  const ids = [await session.makeClient({ name: `${name} One` }), await session.makeClient({ name: `${name} Two` })];
  for (const id of ids) {
    await visit(page, '/device-groups/new');
    await page.getByRole('combobox', { name: 'Search client' }).fill(id);
    await page.getByRole('option').filter({ hasText: name }).first().click();
    await fill(page, { Name: name });
    await page.getByRole('button', { name: 'Add and choose devices' }).click();
    await expect(heading(page, `Edit ${name}`)).toBeVisible();
  }
  await visit(page, '/roles/new');
  await page.getByRole('radio', { name: /^Partner users/ }).check();
  const box = page.getByRole('combobox', { name: 'Search device groups' });
  for (const whose of ['One', 'Two']) {
    await box.fill(name);
    await page.getByRole('option', { name: new RegExp(`${name} ${whose}`) }).click();
  }
  const chips = page.getByRole('group', { name: 'Device groups', exact: true }).getByRole('listitem');
  await expect(chips).toHaveText([`${name} · ${name} One`, `${name} · ${name} Two`]);
});

test('an old refusal of an image goes when the next one is good', async ({ page, session }) => {
  await visit(page, (await session.makeDraft()).replace('client-details', 'network-architecture'));
  const input = page.locator('input[type=file]').first();
  await input.setInputFiles({ name: 'plan.txt', mimeType: 'text/plain', buffer: Buffer.from('no picture') });
  await expect(page.getByText('plan.txt')).toBeVisible();
  await input.setInputFiles([{ name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('none either') }, picture('right.png')]);
  await expect(page.getByRole('listitem').getByRole('img', { name: 'right' })).toBeVisible();
  await expect(page.getByText('plan.txt')).toHaveCount(0);
  await expect(page.getByText('notes.txt'), 'what was chosen beside it is still told').toBeVisible();
});

test('the first field of a new form has the focus', async ({ page }) => {
  await visit(page, '/permission-sets');
  await page.getByRole('link', { name: 'Add permission set' }).click();
  await expect(page.getByLabel('Name', { exact: true })).toBeFocused();
  await visit(page, '/users/new');
  await expect(page.getByRole('combobox', { name: 'Search client' })).toBeFocused();
});

test('a catalogue that does not exist is a page like others', async ({ page }) => {
  const answer = await page.goto('/catalogues/none');
  expect(answer!.status()).toBe(404);
  await expect(heading(page, 'Catalogue not found')).toBeVisible();
  await expect(page.getByRole('navigation', { name: 'Main', includeHidden: true })).toBeAttached();
  await page.goto('/catalogues/packages');
  await expect(page.getByText('A client can have several.')).toBeVisible();
});

test('what is said of a terminated client is true', async ({ page }) => {
  await visit(page, '/clients?status=terminated');
  await page.getByRole('table', { name: 'Clients' }).getByRole('rowheader').first().getByRole('link').click();
  await expect(page.getByText('Everything but this record was erased.')).toBeVisible();
  await expect(section(page, 'Client Details')).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
});
