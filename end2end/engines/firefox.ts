import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type BrowserContext, type ElementHandle, type Page } from 'puppeteer-core';
import type { Engine, Json, Key } from './engine';

/** The system's Firefox, over WebDriver BiDi. */
export class Firefox implements Engine<ElementHandle> {
  private context!: BrowserContext;
  private page!: Page;

  private constructor(
    private readonly browser: Browser,
    private readonly home: string,
  ) {}

  static async start(): Promise<Firefox> {
    const executablePath = process.env.FIREFOX ?? '/usr/bin/firefox-esr';
    // Firefox as root refuses to start in another user's home.
    const home = mkdtempSync(join(tmpdir(), 'tenantry-firefox-'));
    try {
      return new Firefox(await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, env: { ...process.env, HOME: home } }), home);
    } catch (error) {
      rmSync(home, { recursive: true, force: true });
      throw error;
    }
  }

  async fresh(width: number, height: number) {
    await this.context?.close();
    this.context = await this.browser.createBrowserContext();
    this.page = await this.context.newPage();
    await this.page.setViewport({ width, height });
  }

  async goto(url: string) {
    await this.page.goto(url);
  }

  evaluate<T extends Json>(script: string, argument: Json): Promise<T> {
    return this.page.evaluate(called(script, argument)) as Promise<T>;
  }

  async find(script: string, argument: Json) {
    return (await this.page.evaluateHandle(called(script, argument))).asElement() as ElementHandle;
  }

  click(element: ElementHandle) {
    return element.click();
  }

  async fill(element: ElementHandle, text: string) {
    await element.evaluate((field) => {
      (field as HTMLInputElement).focus();
      (field as HTMLInputElement).select();
    });
    await (text ? this.page.keyboard.type(text) : this.page.keyboard.press('Delete'));
  }

  async select(element: ElementHandle, option: string) {
    const value = await element.evaluate((select, text) => [...(select as HTMLSelectElement).options].find((option) => option.text === text)?.value, option);
    if (value === undefined) throw new Error(`There is no option ${option}.`);
    await element.select(value);
  }

  upload(element: ElementHandle, path: string) {
    return (element as ElementHandle<HTMLInputElement>).uploadFile(path);
  }

  press(key: Key) {
    return this.page.keyboard.press(key);
  }

  async screenshot() {
    return Buffer.from(await this.page.screenshot());
  }

  async close() {
    await this.browser.close().finally(() => rmSync(this.home, { recursive: true, force: true, maxRetries: 3 }));
  }
}

/** As an expression, because the pages' policy forbids creating functions from text. */
const called = (script: string, argument: Json) => `(function () { ${script} })(${JSON.stringify(argument)})`;
