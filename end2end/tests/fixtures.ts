import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { type Server, startServer } from './server';

export { expect };
export { startServer };

/** The people in the demo data. */
export const users = {
  /** May do everything in the partner and all its clients. */
  admin: 'admin@leoart.example',
  /** Sees everything of the partner, and may change nothing. */
  viewer: 'viewer@leoart.example',
  /** Administers one client, client_8, and sees no other. */
  clientAdmin: 'client8.admin@leoart.example',
} as const;

export const password = 'Demo#2026';

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, who: keyof typeof users = 'admin') {
  await page.goto('/login');
  await page.getByLabel(/user name|login|e-?mail/i).fill(users[who]);
  await page.getByLabel(/^password/i).fill(password);
  await page.getByRole('button', { name: /^(sign|log) in$/i }).click();
  await expect(page).not.toHaveURL(/\/login/);
}

/** Fails the test if axe finds anything against WCAG 2.2 AA or common sense on the page. */
export async function axe(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const findings = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  expect(findings, 'accessibility findings').toEqual([]);
}

/** Waits until the page answers clicks by itself; before that, links and forms go to the server. */
export async function hydrated(page: Page) {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** Tests get a `server`; `page.goto('/…')` goes there. */
export const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: ({ server }, use) => use(server.url),
});
