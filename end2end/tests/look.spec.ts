import { axe, expect, heading, test, visit } from './fixtures';

const main = 'Main';

test('the catalogues are one entry of the navigation, and tabs of one page', async ({ page }) => {
  await visit(page, '/catalogues/packages');
  const entries = page.getByRole('navigation', { name: main, includeHidden: true }).getByRole('link', { name: 'Catalogues', includeHidden: true });
  await expect(entries).toHaveCount(1);
  const tabs = page.getByRole('navigation', { name: 'Catalogues', exact: true });
  await expect(tabs.getByRole('link')).toHaveText(['Product Packages', 'Add-Ons', 'Services', 'Custom Integrations', 'Remote Access Features', 'Agent Policies']);
  await tabs.getByRole('link', { name: 'Services' }).click();
  await expect(heading(page, 'Services')).toBeVisible();
  await expect(tabs.getByRole('link', { name: 'Services' })).toHaveAttribute('aria-current', 'page');
  await expect(entries, 'the entry stands for all of them').toHaveAttribute('aria-current', 'page');
  await axe(page);
});

test('the navigation leads to the explanation of access', async ({ page }, { project }) => {
  await visit(page, '/clients');
  if (project.name === 'phone') await page.getByRole('button', { name: 'Navigation' }).click();
  await page.getByRole('navigation', { name: main }).getByRole('link', { name: 'Explain Access' }).click();
  await expect(heading(page, 'Explain access')).toBeVisible();
});

test('a row of a list takes few lines on a phone', async ({ page }, { project }) => {
  test.skip(project.name !== 'phone', 'a desk has columns');
  for (const address of ['/clients', '/devices', '/users']) {
    await visit(page, address);
    const heights = await page.locator('tbody tr').evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().height));
    const median = heights.sort((a, b) => a - b)[Math.floor(heights.length / 2)]!;
    expect(median, `${address}: pixels`).toBeLessThan(150);
  }
});

test('what is printed has no buttons, and is dark on light', { tag: '@once' }, async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await visit(page, '/clients/client_9');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('navigation', { name: main })).toBeHidden();
  await expect(page.getByRole('link', { name: 'Edit' })).toBeHidden();
  const ink = await page.locator('body').evaluate((body) => getComputedStyle(body).color);
  expect(ink).toBe('rgb(21, 25, 29)');
});
