import { expect } from '@playwright/test';
import type { Engine, Json, Key } from './engine';
import { FIND, type Steps } from './find';

/** A user of a browser of any engine. Every action waits until it is possible, every check until it holds. */
export class Visitor {
  constructor(
    private readonly engine: Engine,
    private readonly url: string,
  ) {}

  /** Opens a page and waits for hydration. */
  async goto(path: string) {
    await this.engine.goto(this.url + path);
    await this.hydrated();
  }

  /** Waits for hydration. */
  async hydrated() {
    await expect.poll(() => this.look(`return document.documentElement.hasAttribute('data-hydrated')`), 'the page is hydrated').toBe(true);
  }

  /** Clicks an element, or its label if it is inside one and can be invisible. */
  async click(...steps: Steps) {
    await this.act(steps, (element) => this.engine.click(element), `element.closest('label') ?? element`);
  }

  /** Replaces a field's text. */
  async fill(text: string, ...steps: Steps) {
    await this.act(steps, (element) => this.engine.fill(element, text));
    await this.expectValue(text, ...steps);
  }

  /** Fills the page's fields by their labels. */
  async fillAll(fields: Record<string, string>) {
    for (const [name, text] of Object.entries(fields)) await this.fill(text, { role: 'field', name });
  }

  async select(option: string, ...steps: Steps) {
    await this.act(steps, (element) => this.engine.select(element, option));
    await expect.poll(() => this.each<string>(steps, 'element.selectedOptions[0].text'), describe(steps)).toEqual([option]);
  }

  /** Searches a combobox and chooses the match. */
  async choose(label: string, words: string, option: string) {
    await this.fill(words, { role: 'combobox', name: label });
    await this.click({ role: 'listbox', name: label }, { role: 'option', name: `${option}*` });
    await this.expectValue(option, { role: 'combobox', name: label });
  }

  /** Searches a picker and picks the match. */
  async pick(label: string, words: string, option: string) {
    const search = { role: 'combobox', name: `Search ${label.toLowerCase()}` } as const;
    await this.fill(words, search);
    await this.click({ role: 'listbox', name: label }, { role: 'option', name: `${option}*` });
    // The next one is searched for anew.
    await this.expectValue('', search);
    await this.press('Escape');
    await this.expectCount(0, { role: 'listbox', name: label });
  }

  async upload(path: string, ...steps: Steps) {
    await this.act(steps, (element) => this.engine.upload(element, path));
  }

  press(key: Key) {
    return this.engine.press(key);
  }

  /** Signs in through the form. */
  async signIn(login: string, password: string) {
    await this.fillAll({ 'Login name': login, Password: password });
    await this.click({ role: 'button', name: 'Sign in' });
  }

  /** The heading of the page. */
  async expectHeading(text: string) {
    await this.expectTexts([text], { role: 'heading' });
  }

  /** The texts of all matching elements, in document order. */
  async expectTexts(texts: string[], ...steps: Steps) {
    await expect.poll(() => this.each<string>(steps, 'spoken(element)'), describe(steps)).toEqual(texts);
  }

  /** Expects one of these elements to have the text. */
  async expectWords(words: string, ...steps: Steps) {
    await expect.poll(async () => (await this.each<string>(steps, 'spoken(element)')).join('\n'), describe(steps)).toContain(words);
  }

  async expectCount(count: number, ...steps: Steps) {
    await expect.poll(async () => (await this.each(steps, 'true')).length, describe(steps)).toBe(count);
  }

  async expectValue(text: string, ...steps: Steps) {
    await expect.poll(() => this.each<string>(steps, 'element.value'), describe(steps)).toEqual([text]);
  }

  /** The address, without the host. */
  async expectAddress(address: string | RegExp) {
    const here = () => this.look<string>('return location.pathname + location.search');
    await (typeof address === 'string' ? expect.poll(here).toBe(address) : expect.poll(here).toMatch(address));
  }

  /** The details, by their labels. */
  async expectFacts(facts: Record<string, string>) {
    const all = async () => {
      const pairs = await this.each<[string, string]>([{ role: 'term' }], '[spoken(element), spoken(element.nextElementSibling)]');
      return Object.fromEntries(pairs);
    };
    await expect.poll(all).toMatchObject(facts);
  }

  /** Evaluates an expression about `element` for every element that the steps find. */
  each<T extends Json>(steps: Steps, expression: string): Promise<T[]> {
    return this.look(`return all(given).map((element) => ${expression});`, steps as unknown as Json);
  }

  /** Runs a script in the page and returns its result. */
  look<T extends Json>(script: string, given: Json = null): Promise<T> {
    return this.engine.evaluate(`const given = arguments[0]; ${FIND} ${script}`, given);
  }

  screenshot() {
    return this.engine.screenshot();
  }

  /** Does something with the one element that the steps find, retrying until it exists and the browser allows it. */
  private async act(steps: Steps, action: (element: unknown) => Promise<void>, target = 'element') {
    const script = `const given = arguments[0]; ${FIND} const [element] = all(given); element.scrollIntoView({ block: 'center' }); return ${target};`;
    await expect(async () => {
      expect(await this.each(steps, 'spoken(element).slice(0, 80)'), describe(steps)).toHaveLength(1);
      await action(await this.engine.find(script, steps as unknown as Json));
    }, describe(steps)).toPass({ intervals: [50], timeout: 10_000 });
  }
}

const describe = (steps: Steps) => steps.map(({ role, name }) => `${role} ${name ?? ''}`.trim()).join(' > ');
