import { createHmac } from 'node:crypto';
import { password, Session } from './api';
import type { Server } from './server';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_SECONDS = 30;

/** An authenticator app: makes codes of a key. */
export class Authenticator {
  private readonly key: Buffer;
  /** The step of the last code, because each counts once. */
  private last = 0;

  /** The key as the page shows it. */
  constructor(key: string) {
    const bits = [...key.replaceAll(' ', '')].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
    this.key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => parseInt(byte, 2)));
  }

  /** A code that wasn't used yet. The server takes those of one step either side, so the first ones need no waiting. */
  async code(): Promise<string> {
    // Early in a step: the one before must not become the one before that on its way.
    const first = () => Math.floor((Date.now() / 1000 + 5) / STEP_SECONDS) - 1;
    const step = Math.max(this.last + 1, first());
    while (step > first() + 2) await new Promise((later) => setTimeout(later, 500));
    this.last = step;
    return this.at(step);
  }

  /** A code that is wrong now, before and after. */
  wrong(): string {
    const now = Math.floor(Date.now() / 1000 / STEP_SECONDS);
    const right = [-2, -1, 0, 1, 2].map((near) => this.at(now + near));
    return ['000000', '111111', '222222', '333333', '444444', '555555'].find((code) => !right.includes(code))!;
  }

  /** RFC 6238 with SHA-1 and six digits. */
  private at(step: number): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(step));
    const hash = createHmac('sha1', this.key).update(counter).digest();
    const number = hash.readUInt32BE(hash.at(-1)! & 15) & 0x7fffffff;
    return String(number % 1_000_000).padStart(6, '0');
  }
}

/** Somebody with a second factor. */
export interface Owner {
  login: string;
  app: Authenticator;
  recoveryCodes: string[];
}

/** Makes a user. */
export function makeUser(server: Server, login: string, more: string[] = ['--role', 'Partner Administrator']) {
  server.tenantry(['user', 'create', '--login', login, '--email', login, '--first-name', 'Tove', '--last-name', login.split('@')[0]!, ...more], password);
}

/** Makes a user with a second factor. */
export async function makeOwner(server: Server, login: string, more?: string[]): Promise<Owner> {
  makeUser(server, login, more);
  const session = await Session.begin(server.url, login);
  const { secret } = await session.make<{ secret: string }>('second-factor/set-up', {});
  const app = new Authenticator(secret);
  const recoveryCodes = await session.make<string[]>('second-factor/confirm', { draft: { code: await app.code(), password } });
  return { login, app, recoveryCodes };
}
