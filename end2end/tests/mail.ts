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
  /** What it took: a text for each mail, whose lines that were broken for the way are whole again. */
  mails: string[];
  /** Takes no more mails. */
  stop(): void;
}

async function startMailServer(): Promise<MailServer> {
  const mails: string[] = [];
  const server = createServer((socket) => {
    let mail: string[] | undefined;
    socket.write('220 here\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      if (mail && line !== '.') return mail.push(line);
      if (mail) mails.push(mail.join('\n').replaceAll('=\n', ''));
      mail = line === 'DATA' ? [] : undefined;
      return socket.write(mail ? '354 go on\r\n' : line === 'QUIT' ? '221 bye\r\n' : '250 well\r\n');
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`, mails, stop: () => server.close() };
}

/** Tests on a server that has a mail server. */
export const test = base.extend<object, { mail: MailServer }>({
  mail: [
    async ({}, use) => {
      const mail = await startMailServer();
      await use(mail);
      mail.stop();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mail }, use) => {
      const settings = { TENANTRY_SMTP_URL: mail.url, TENANTRY_MAIL_FROM: 'Tenantry <tenantry@console.example>', TENANTRY_PUBLIC_URL: 'https://console.example' };
      const server = await startServer({ settings });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  storageState: async ({ server }, use) => use((await Session.begin(server.url, users.admin)).storageState),
});
