import { expect, heading, test, visit } from './fixtures';

test('the program of a page comes in few files, and once', { tag: '@once' }, async ({ page }) => {
  const fetched = new Set<string>();
  page.on('request', (request) => {
    const file = new URL(request.url()).pathname;
    if (file.endsWith('.wasm')) fetched.add(file);
  });
  await visit(page, '/clients');
  expect(fetched.size, 'the list that everybody begins with').toBe(1);

  for (const address of ['/clients/client_8', '/users', '/roles/new', '/account']) {
    fetched.clear();
    await visit(page, address);
    expect(fetched.size, address).toBeGreaterThan(1);
    expect(fetched.size, address).toBeLessThanOrEqual(10);
  }

  // Who has been to a list goes to the next with what is there already.
  await visit(page, '/users');
  fetched.clear();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Roles' }).click();
  await expect(heading(page, 'Roles')).toBeVisible();
  await expect(page.getByRole('rowheader').first()).toBeVisible();
  expect([...fetched]).toEqual([]);
});
