import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A running `tenantry` with data of its own. */
export interface Server {
  /** Its address, for `page.goto` and for calls of the API. */
  url: string;
  /** The one-time link for the first administrator, of a server without users. */
  setupLink?: string;
  /** Runs one of tenantry's other commands on the same data, e.g. `server.tenantry(['user', 'create', …], 'the password')`. */
  tenantry(words: string[], input?: string): string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Whether it begins with the demo data; empty otherwise. */
  demo?: boolean;
  /** The port, if its address must be known before it starts; a free one otherwise. */
  port?: number;
  /** Environment variables. */
  settings?: Record<string, string>;
}

/** No credentials of the machine's own, and no call to its cloud for some. */
const WITHOUT_AWS = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null', AWS_EC2_METADATA_DISABLED: 'true' };

/** Starts a server with a fresh database in a temporary directory. */
export async function startServer({ demo = true, port = 0, settings = {} }: ServerOptions = {}): Promise<Server> {
  const binary = process.env.TENANTRY_TEST_BIN;
  if (!binary) throw new Error('TENANTRY_TEST_BIN is not set. Please run these tests by: cargo xtask test browser');
  const data = mkdtempSync(join(tmpdir(), 'tenantry-end2end-'));
  // Nothing from the caller's own installation: no variable, and no configuration file in the current folder.
  const foreign = Object.keys(process.env).filter((name) => /^(TENANTRY|AWS)_/.test(name));
  const none = Object.fromEntries(foreign.map((name) => [name, undefined]));
  const env = { ...process.env, ...none, ...WITHOUT_AWS, TENANTRY_DATA: data, TENANTRY_LOG: 'warn', ...settings };
  const options = { env, cwd: data };
  const tenantry = (words: string[], input = '') => execFileSync(binary, words, { ...options, input, encoding: 'utf8' });
  tenantry(['migrate']);
  if (demo) tenantry(['seed', '--demo']);

  const child = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`], { ...options, stdio: ['ignore', 'pipe', 'inherit'] });
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(data, { recursive: true, force: true });
  };
  try {
    return { ...(await greeting(child)), tenantry, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** What a starting server prints: its address, and before it the set-up link if there is one. */
function greeting(child: ChildProcess): Promise<Pick<Server, 'url' | 'setupLink'>> {
  return new Promise((resolve, reject) => {
    let setupLink: string | undefined;
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`tenantry ended while starting (${code})`)));
    // The stream is read to its end, so that a server that prints much isn't held up by a full pipe.
    createInterface({ input: child.stdout! }).on('line', (line) => {
      setupLink ??= line.match(/http:\/\/\S+\/setup\/\S+/)?.[0];
      const url = line.match(/listening on (http:\/\/[\d.:]+)/)?.[1];
      if (url) resolve({ url, setupLink });
    });
  });
}
