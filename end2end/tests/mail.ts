import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

import { Session } from './api';
import { test as base, users } from './fixtures';
import { startServer } from './server';

/** A mail server on this machine that takes every mail. */
interface MailServer {
  /** For TENANTRY_SMTP_URL. */
  url: string;
  /** What it took in this test: a text for each mail, whose lines that were broken for the way are whole again. */
  mails: string[];
  /** Whether it is out of order, and hangs up on everybody. */
  isDown: boolean;
}

async function startMailServer(): Promise<MailServer & { stop(): void }> {
  const server = createServer((socket) => {
    if (state.isDown) return socket.destroy();
    let mail: string[] | undefined;
    socket.write('220 here\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (mail && line !== '.') return mail.push(line);
      if (mail) state.mails.push(mail.join('\n').replaceAll('=\n', ''));
      mail = line === 'DATA' ? [] : undefined;
      return socket.write(mail ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 well\r\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const state = { url, mails: new Array<string>(), isDown: false, stop: () => server.close() };
  return state;
}

/** Tests on a server that has a mail server. */
export const test = base.extend<{ mail: MailServer }, { mailServer: MailServer }>({
  mailServer: [
    async ({}, use) => {
      const mailServer = await startMailServer();
      await use(mailServer);
      mailServer.stop();
    },
    { scope: 'worker' },
  ],
  mail: ({ mailServer }, use) => use(Object.assign(mailServer, { mails: [], isDown: false })),
  server: [
    async ({ mailServer }, use) => {
      const settings = { TENANTRY_SMTP_URL: mailServer.url, TENANTRY_MAIL_FROM: 'Tenantry <tenantry@console.example>', TENANTRY_PUBLIC_URL: 'https://console.example' };
      const server = await startServer({ settings });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  storageState: async ({ server }, use) => use((await Session.begin(server.url, users.admin)).storageState),
});
