import { expect } from '@playwright/test';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Engine, Json, Key } from './engine';

/** An element as WebDriver writes it. */
type Reference = Record<string, string>;

/** WebDriver's codes of the keys. */
const KEYS: Record<Key, string> = { Enter: '\uE007', Escape: '\uE00C', Tab: '\uE004', ArrowDown: '\uE015' };

/** WebKitGTK's MiniBrowser, with the engine of Safari, over WebDriver on a virtual screen. */
export class WebKit implements Engine<Reference> {
  private session?: string;

  private constructor(
    private readonly url: string,
    private readonly programs: ChildProcess[],
    private readonly home: string,
  ) {}

  static async start(): Promise<WebKit> {
    const home = mkdtempSync(join(tmpdir(), 'tenantry-webkit-'));
    const screen = spawn(process.env.XVFB ?? 'Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const programs = [screen];
    try {
      const [display] = await Promise.race([once(screen.stdio[3] as Readable, 'data'), failure(screen, 'Xvfb')]);
      const port = await freePort();
      const driver = spawn(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
        stdio: ['ignore', 'ignore', 'inherit'],
        env: {
          ...process.env,
          DISPLAY: `:${String(display).trim()}`,
          GDK_BACKEND: 'x11',
          LANG: 'C.UTF-8',
          // Keeps the user's own browser profile out of it.
          HOME: home,
          XDG_CACHE_HOME: home,
          XDG_CONFIG_HOME: home,
          XDG_DATA_HOME: home,
          // There is no accessibility bus.
          GTK_A11Y: 'none',
          NO_AT_BRIDGE: '1',
          // The sandbox doesn't work in containers or as root, and only our own pages are opened.
          WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        },
      });
      programs.push(driver);
      const webkit = new WebKit(`http://127.0.0.1:${port}`, programs, home);
      const ready = expect(() => webkit.send('GET', '/status')).toPass({ intervals: [50], timeout: 10_000 });
      await Promise.race([ready, failure(driver, 'WebKitWebDriver')]);
      return webkit;
    } catch (error) {
      await stop(programs, home);
      throw error;
    }
  }

  async fresh(width: number, height: number) {
    await this.end();
    const { sessionId } = await this.send<{ sessionId: string }>('POST', '/session', { capabilities: { alwaysMatch: {} } });
    this.session = `/session/${sessionId}`;
    // The window is larger than the page by the browser's toolbars.
    await this.call('POST', 'window/rect', { width, height });
    const inner = await this.evaluate<[number, number]>('return [innerWidth, innerHeight]', null);
    await this.call('POST', 'window/rect', { width: 2 * width - inner[0], height: 2 * height - inner[1] });
  }

  async goto(url: string) {
    await this.call('POST', 'url', { url });
  }

  evaluate<T extends Json>(script: string, argument: Json): Promise<T> {
    return this.call('POST', 'execute/sync', { script, args: [argument] });
  }

  find(script: string, argument: Json): Promise<Reference> {
    return this.call('POST', 'execute/sync', { script, args: [argument] });
  }

  click(element: Reference) {
    return this.call<void>('POST', `element/${id(element)}/click`, {});
  }

  async fill(element: Reference, text: string) {
    await this.call('POST', `element/${id(element)}/clear`, {});
    if (text) await this.call('POST', `element/${id(element)}/value`, { text });
  }

  async select(element: Reference, option: string) {
    const script = 'return [...arguments[0].options].find((option) => option.text === arguments[1])';
    const found = await this.call<Reference | null>('POST', 'execute/sync', { script, args: [element, option] });
    if (!found) throw new Error(`There is no option ${option}.`);
    await this.click(found);
  }

  upload(element: Reference, path: string) {
    return this.call<void>('POST', `element/${id(element)}/value`, { text: path });
  }

  async press(key: Key) {
    const actions = ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[key] }));
    await this.call('POST', 'actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  async screenshot() {
    return Buffer.from(await this.call<string>('GET', 'screenshot'), 'base64');
  }

  async close() {
    await this.end().finally(() => stop(this.programs, this.home));
  }

  private async end() {
    if (this.session) await this.send('DELETE', this.session);
    this.session = undefined;
  }

  private call<T>(method: string, command: string, body?: object): Promise<T> {
    return this.send(method, `${this.session}/${command}`, body);
  }

  private async send<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(this.url + path, { method, body: body && JSON.stringify(body) });
    const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
    if (!answer.ok) throw new Error(`${method} ${path}: ${value.error}: ${value.message}`);
    return value;
  }
}

const id = (element: Reference) => Object.values(element)[0];

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Never resolves; rejects when a program can't be started or ends too early. */
function failure(program: ChildProcess, name: string): Promise<never> {
  return new Promise((_, reject) => {
    program.once('error', (error) => reject(new Error(`${name} can't be started: ${error.message}. Install the packages webkit2gtk-driver and xvfb.`)));
    program.once('exit', (code) => reject(new Error(`${name} has ended (${code}).`)));
  });
}

async function stop(programs: ChildProcess[], home: string) {
  for (const program of programs.reverse()) {
    if (program.pid === undefined || program.exitCode !== null || program.signalCode !== null) continue;
    const ended = once(program, 'exit');
    program.kill();
    await ended;
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 3 });
}
