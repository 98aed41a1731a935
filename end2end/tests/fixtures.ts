import AxeBuilder from '@axe-core/playwright';
import { type Browser, type BrowserContext, test as base, expect, type Page } from '@playwright/test';
import { Session } from './api';
import { type Server, startServer } from './server';

export { expect };

/** The people in the demo data whose sessions are shared: no test may sign them out. */
export const users = {
  /** May do everything in the partner and all its clients. */
  admin: 'admin@leoart.example',
  /** Sees everything of the partner, and may change nothing. */
  viewer: 'viewer@leoart.example',
  /** Administers one client, client_8, and sees no other. */
  clientAdmin: 'client8.admin@leoart.example',
  /** As clientAdmin, and may change the client's details. */
  clientManager: 'client8.manager@leoart.example',
} as const;

export type Who = keyof typeof users;

interface TestFixtures {
  /** Who is signed in; null for nobody. */
  who: Who | null;
  /** A session of the same user without a browser, to make what a test begins with. */
  session: Session;
  /** Every complaint of a page in this test's browser fails the test. */
  complaints: void;
}

interface WorkerFixtures {
  server: Server;
  sessions: (who: Who) => Promise<Session>;
}

/** Tests get a `server`; `page.goto('/…')` goes there, with somebody signed in. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      // Behind a proxy that is believed, a test may come from any address.
      const server = await startServer({ settings: { TENANTRY_TRUSTED_PROXIES: '127.0.0.1' } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  sessions: [
    // Checking a password is slow on purpose, so everybody signs in once.
    async ({ server }, use) => {
      const begun = new Map<Who, Promise<Session>>();
      await use((who) => {
        if (!begun.has(who)) begun.set(who, Session.begin(server.url, users[who]));
        return begun.get(who)!;
      });
    },
    { scope: 'worker' },
  ],
  who: ['admin', { option: true }],
  session: async ({ who, sessions }, use) => use(await sessions(who ?? 'admin')),
  baseURL: ({ server }, use) => use(server.url),
  storageState: async ({ who, sessions }, use) => use(who ? (await sessions(who)).storageState : { cookies: [], origins: [] }),
  complaints: [
    async ({ context }, use) => {
      const complaints = listen(context);
      await use();
      expect(complaints, 'errors on the console').toEqual([]);
    },
    { auto: true },
  ],
});

/**
 * A refusal by the server is part of many a test, and a page may be left before its program, or a lazy part of it, has arrived.
 */
const harmless = /^Failed to load resource|WebAssembly compilation aborted: Network error|SplitLoaderError|^TypeError: Failed to fetch\s+at \S+\/lazy-/;

/** Collects errors that nobody caught, and what pages write to the console as errors: also violations of the content security policy. */
function listen(context: BrowserContext): string[] {
  const complaints: string[] = [];
  // Pages that were left before a lazy part of their program had arrived. The program then ends, which is an error of its own.
  const left = new Set<Page | null>();
  context.on('weberror', (error) => {
    const text = String(error.error());
    if (text === 'RuntimeError: unreachable' && left.delete(error.page())) return;
    if (!harmless.test(text)) complaints.push(text);
  });
  context.on('console', (message) => {
    if (message.text().includes('SplitLoaderError')) left.add(message.page());
    if (message.type() === 'error' && !harmless.test(message.text())) complaints.push(message.text());
  });
  return complaints;
}

/** Opens a page and waits until it answers clicks by itself; before that, links and forms go to the server. */
export async function visit(page: Page, address: string) {
  await page.goto(address);
  await hydrated(page);
}

/** What the server sends to this browser for a page, before a script has done anything. */
export async function rendered(page: Page, address: string): Promise<string> {
  return page.evaluate(async (address) => (await fetch(address)).text(), address);
}

/** A page in a browser with an empty profile. A context that a test makes itself inherits the cookies of the test's own. */
export async function emptyBrowser(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  expect(await context.cookies()).toEqual([]);
  return context.newPage();
}

/** Waits until the page answers clicks by itself. */
export async function hydrated(page: Page) {
  await expect(page.locator('html[data-hydrated]')).toBeAttached();
}

/** Signs in by the form, as a person does. */
export async function signIn(page: Page, login: string, password: string) {
  await page.getByLabel('Login name').fill(login);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

/** Opens the user's menu. */
export async function openUserMenu(page: Page) {
  await page.getByRole('button', { name: /^Your account/ }).click();
}

/** The page's heading. */
export const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name, exact: true });

const STANDARDS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Fails the test if axe finds anything against WCAG 2.2 AA or common sense on the page, light or dark. */
export async function axe(page: Page) {
  // As high as the page: what happens to lie half under a bar that sticks to the window's edge is no finding.
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  await page.setViewportSize({ width: page.viewportSize()!.width, height });
  await page.emulateMedia({ colorScheme: 'light' });
  await expectNoFindings(scan(page).withTags(STANDARDS), 'light');
  await page.emulateMedia({ colorScheme: 'dark' });
  // The other rules don't look at colours.
  await expectNoFindings(scan(page).withRules(['color-contrast', 'link-in-text-block']), 'dark');
}

/**
 * Nothing is left out: the legacy mode does without a second page that only frames of other origins need, and of what is no finding
 * nobody asks where. A look costs a third less.
 */
const scan = (page: Page) => new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode();

async function expectNoFindings(builder: AxeBuilder, colours: string) {
  const { violations } = await builder.analyze();
  const findings = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join('\n  ')}`);
  expect(findings, `accessibility findings, ${colours}`).toEqual([]);
}
