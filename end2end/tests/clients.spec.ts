import { type Page } from '@playwright/test';
import { expect, heading, hydrated, rendered, test, visit } from './fixtures';
import { expectFault, fill, toast } from './form';

const table = (page: Page) => page.getByRole('table', { name: 'Clients' });
/** The names of the clients, in the order of the page. */
const names = (page: Page) => table(page).getByRole('rowheader');
const searchBox = (page: Page) => page.getByRole('searchbox', { name: 'Search clients' });
const header = (page: Page, name: string) => table(page).getByRole('columnheader', { name, exact: true });
const pages = (page: Page) => page.getByRole('navigation', { name: 'Pages' });

/** Without regard to case and accents. */
const folded = (name: string) => name.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('æ', 'ae').replaceAll('ø', 'o');

test('the first page shows 25 clients by name', async ({ page }) => {
  await visit(page, '/clients');
  await expect(page).toHaveTitle('Clients · Tenantry');
  await expect(names(page)).toHaveCount(25);
  await expect(pages(page)).toContainText(/1–25 of \d\d\d/);
  const shown = (await names(page).allTextContents()).map(folded);
  expect(shown).toEqual([...shown].sort());
});

test('nothing moves when a page is drawn and comes to life, on a slow machine too', async ({ page }) => {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await page.addInitScript(() => {
    const seen = globalThis as { shift?: number };
    seen.shift = 0;
    const add = (entry: PerformanceEntry) => (seen.shift! += (entry as PerformanceEntry & { value: number }).value);
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type: 'layout-shift', buffered: true });
  });
  for (const address of ['/clients', '/clients/client_8', '/account']) {
    await visit(page, address);
    expect(await page.evaluate(() => (globalThis as { shift?: number }).shift), address).toBe(0);
  }
});

test('the list is searched while one types', async ({ page }) => {
  await visit(page, '/clients');
  await searchBox(page).pressSequentially('oart');
  await expect(names(page)).toHaveText(['LeoArt Corp.', 'LeoArt Lab']);
  await expect(page).toHaveURL('/clients?q=oart');
  await expect(searchBox(page)).toBeFocused();
  await expect(pages(page)).toContainText('1–2 of 2');

  await searchBox(page).fill('client_9');
  await expect(names(page).first()).toHaveText('LeoArt Corp.');
  await searchBox(page).fill('LEO-LAB');
  await expect(names(page), 'the external id is found too').toHaveText(['LeoArt Lab']);

  await searchBox(page).fill('no such client anywhere');
  await expect(page.getByRole('heading', { name: 'No client found' })).toBeVisible();
  await page.getByRole('search').getByRole('link', { name: 'Clear All' }).click();
  await expect(names(page)).toHaveCount(25);
  await expect(searchBox(page)).toHaveValue('');
  await expect(page).toHaveURL('/clients');
});

test('a slash goes to the search box', async ({ page }) => {
  await visit(page, '/clients');
  await page.keyboard.press('/');
  await expect(searchBox(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue('');
});

test('Advanced filters by status and name, and the address can be shared', async ({ page, browser }) => {
  await visit(page, '/clients');
  await page.getByText('Advanced').click();
  await page.getByRole('combobox', { name: 'Status' }).selectOption('Terminated');
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL('/clients?status=terminated');
  await expect(table(page).getByText('Active', { exact: true })).toHaveCount(0);
  await expect(table(page).getByText('Terminated', { exact: true }).first()).toBeVisible();

  await page.getByRole('combobox', { name: 'Status' }).selectOption('All');
  await fill(page, { 'Client Name': 'LEOART' });
  await page.keyboard.press('Enter');
  await expect(names(page)).toHaveText(['LeoArt Corp.', 'LeoArt Lab']);
  await header(page, 'Name').getByRole('link').click();
  await expect(names(page)).toHaveText(['LeoArt Lab', 'LeoArt Corp.']);

  const elsewhere = await (await browser.newContext()).newPage();
  await visit(elsewhere, page.url());
  await expect(names(elsewhere)).toHaveText(['LeoArt Lab', 'LeoArt Corp.']);
  await expect(elsewhere.getByRole('combobox', { name: 'Status' })).toHaveValue('all');
  await expect(elsewhere.getByLabel('Client Name')).toHaveValue('LEOART');
  await elsewhere.context().close();

  await page.getByRole('search').getByRole('link', { name: 'Clear All' }).click();
  await expect(page, 'the order stays').toHaveURL('/clients?dir=desc');
  await expect(page.getByRole('combobox', { name: 'Status' })).toHaveValue('current');
  await expect(page.getByLabel('Client Name')).toHaveValue('');
});

test('a click in a row opens its client', async ({ page }) => {
  await visit(page, '/clients?q=LEO-LAB');
  await table(page).locator('td[data-label=Country]').click();
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  await page.goBack();
  await page.getByRole('button', { name: 'Actions for LeoArt Lab' }).click();
  await expect(page.getByRole('group', { name: 'Actions for LeoArt Lab' }), 'what reacts by itself doesn’t open the client').toBeVisible();
  await expect(page).toHaveURL('/clients?q=LEO-LAB');
});

test('columns are chosen, and the choice is remembered', async ({ page }) => {
  await visit(page, '/clients?q=LEO-LAB');
  const country = table(page).locator('td[data-label=Country]');
  const choose = page.getByRole('button', { name: 'Columns' });
  await expect(country).toBeVisible();
  await choose.click();
  await page.getByRole('checkbox', { name: 'Country' }).uncheck();
  await expect(country).toBeHidden();
  expect(await rendered(page, '/clients?q=LEO-LAB'), 'the server sends the list so').toMatch(/<td[^>]*data-hidden[^>]*data-label="Country"|<td[^>]*data-label="Country"[^>]*data-hidden/);
  await page.reload();
  await hydrated(page);
  await expect(country).toBeHidden();
  await choose.click();
  await page.getByRole('checkbox', { name: 'Country' }).check();
  await expect(country).toBeVisible();
});

test('a filter is saved under a name, leads to what it filtered, and is deleted', async ({ page }) => {
  await visit(page, '/clients');
  const menu = page.getByRole('button', { name: 'Saved filters' });
  await menu.click();
  await expect(page.getByRole('button', { name: 'Save this filter…' }), 'nothing is filtered').toHaveAttribute('aria-disabled', 'true');
  await visit(page, '/clients?q=LEO-LAB');
  await menu.click();
  await page.getByRole('button', { name: 'Save this filter…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save filter' });
  await dialog.getByRole('button', { name: 'Save filter' }).click();
  await expectFault(dialog.getByLabel('Name'), 'Enter a name.');
  await dialog.getByLabel('Name').fill('The lab');
  await dialog.getByRole('button', { name: 'Save filter' }).click();
  await expect(toast(page, 'The filter is saved.')).toBeVisible();
  await visit(page, '/clients');
  await menu.click();
  await page.getByRole('link', { name: 'The lab' }).click();
  await expect(page).toHaveURL('/clients?q=LEO-LAB');
  await expect(names(page)).toHaveText(['LeoArt Lab']);
  await menu.click();
  await page.getByRole('button', { name: 'Delete “The lab”' }).click();
  await page.reload();
  await hydrated(page);
  await menu.click();
  await expect(page.getByRole('link', { name: 'The lab' })).toHaveCount(0);
});

test('every sortable column sorts, both ways, and the back button goes back', async ({ page }) => {
  await visit(page, '/clients');
  for (const [column, key] of [
    ['Unique ID', 'id'],
    ['Country', 'country'],
    ['Time zone', 'time-zone'],
    ['External ID', 'external-id'],
    ['Created', 'created'],
    ['Updated', 'updated'],
  ]) {
    await header(page, column).getByRole('link').click();
    await expect(page).toHaveURL(`/clients?sort=${key}`);
    await expect(header(page, column)).toHaveAttribute('aria-sort', 'ascending');
  }
  const first = names(page).first();
  await header(page, 'Unique ID').getByRole('link').click();
  await expect(page).toHaveURL('/clients?sort=id');
  await expect(header(page, 'Unique ID')).toHaveAttribute('aria-sort', 'ascending');
  const oldest = await first.textContent();
  await header(page, 'Unique ID').getByRole('link').click();
  await expect(header(page, 'Unique ID')).toHaveAttribute('aria-sort', 'descending');
  await expect(first).not.toHaveText(oldest!);
  await page.goBack();
  await expect(header(page, 'Unique ID')).toHaveAttribute('aria-sort', 'ascending');
  await expect(first).toHaveText(oldest!);
});

test('pages lead there and back', async ({ page }) => {
  const link = (name: string) => pages(page).getByRole('link', { name });
  await visit(page, '/clients');
  const first = await names(page).allTextContents();
  await expect(link('Previous page')).toHaveAttribute('aria-disabled', 'true');
  await link('Next page').click();
  await expect(pages(page)).toContainText(/26–50 of/);
  expect((await names(page).allTextContents()).filter((name) => first.includes(name))).toEqual([]);
  await link('Previous page').click();
  await expect(names(page)).toHaveText(first);
  await expect(page, 'the first page has one address').toHaveURL('/clients');

  await link('Last page').click();
  await expect(link('Next page')).toHaveAttribute('aria-disabled', 'true');
  await page.goBack();
  await expect(names(page)).toHaveText(first);

  await link('100 rows a page').click();
  await expect(names(page)).toHaveCount(100);
  await expect(page).toHaveURL('/clients?size=100');
});

test('the back button brings a search back', async ({ page }) => {
  await visit(page, '/clients?q=leoart');
  await names(page).filter({ hasText: 'LeoArt Lab' }).getByRole('link').click();
  await expect(heading(page, 'LeoArt Lab')).toBeVisible();
  await page.goBack();
  await expect(searchBox(page)).toHaveValue('leoart');
  await expect(names(page)).toHaveText(['LeoArt Corp.', 'LeoArt Lab']);
});

test('the menu of a row leads to what may be done', async ({ page }) => {
  await visit(page, '/clients?q=LEO-CORP');
  await page.getByRole('button', { name: 'Actions for LeoArt Corp.' }).click();
  const menu = page.getByRole('group', { name: 'Actions for LeoArt Corp.' });
  await expect(menu.getByRole('button', { name: 'Suspend…' })).toBeVisible();
  await menu.getByRole('link', { name: 'Edit' }).click();
  await expect(heading(page, 'Edit LeoArt Corp.')).toBeVisible();
});

test.describe('a viewer', () => {
  test.use({ who: 'viewer' });

  test('reads, and is offered nothing else', async ({ page }) => {
    await visit(page, '/clients?q=LEO-LAB');
    await expect(names(page)).toHaveText(['LeoArt Lab']);
    await expect(page.getByRole('link', { name: 'Add', exact: true })).toHaveCount(0);
    await page.getByRole('button', { name: 'Actions for LeoArt Lab' }).click();
    const menu = page.getByRole('group', { name: 'Actions for LeoArt Lab' });
    await expect(menu.getByRole('link')).toHaveText(['View']);
    await expect(menu.getByRole('button')).toHaveCount(0);
    await menu.getByRole('link', { name: 'View' }).click();
    await expect(heading(page, 'LeoArt Lab')).toBeVisible();
    await expect(page.getByRole('link', { name: 'Edit' })).toHaveCount(0);
    await expect(page.getByRole('button', { name: 'Suspend' })).toHaveCount(0);
  });

  test('is refused where an address is typed by hand', async ({ page }) => {
    await visit(page, '/clients/client_8/edit');
    await expect(page.getByRole('heading', { name: 'You can’t change this client' })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Review changes' })).toHaveCount(0);
    await visit(page, '/clients/new');
    await expect(page.getByRole('heading', { name: 'You can’t add clients' })).toBeVisible();
    await expect(page.getByLabel('Client Name')).toHaveCount(0);
  });

  test('is refused by the server too', { tag: '@once' }, async ({ page }) => {
    await visit(page, '/clients');
    for (const endpoint of ['clients/suspend', 'client-drafts/create']) {
      const answer = await page.evaluate(async (address) => {
        const { status } = await fetch(address, { method: 'POST', body: new URLSearchParams({ id: 'client_8' }) });
        return status;
      }, `/rpc/${endpoint}`);
      expect(answer, endpoint).toBe(403);
    }
  });
});

test.describe('a client’s administrator', () => {
  test.use({ who: 'clientAdmin' });

  test('sees the own client and no other', async ({ page }) => {
    await visit(page, '/clients');
    await expect(names(page)).toHaveText(['LeoArt Lab']);
    await expect(pages(page)).toContainText('1–1 of 1');
    await searchBox(page).fill('LeoArt Corp');
    await expect(page.getByRole('heading', { name: 'No client found' })).toBeVisible();
  });

  for (const address of ['/clients/client_9', '/clients/client_9/edit', '/clients/client_999999']) {
    test(`finds nothing at ${address}`, async ({ page }) => {
      const answer = await page.goto(address);
      expect(answer!.status()).toBe(404);
      await hydrated(page);
      await expect(page.getByRole('heading', { name: 'Page not found' })).toBeVisible();
      await expect(page.getByText('LeoArt Corp')).toHaveCount(0);
    });
  }

  test('has no way to the partner’s own pages', async ({ page }) => {
    await visit(page, '/clients');
    await expect(page.getByRole('link', { name: 'Settings', includeHidden: true })).toHaveCount(0);
    for (const address of ['/settings', '/catalogues/packages']) {
      await visit(page, address);
      await expect(page.getByRole('heading', { name: 'Page not found' }), address).toBeVisible();
    }
  });
});
