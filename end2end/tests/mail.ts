import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';

/** A mail server on this machine that takes every mail. */
export interface MailServer {
  /** For TENANTRY_SMTP_URL. */
  url: string;
  /** What it took: a text for each mail, whose lines that were broken for the way are whole again. */
  mails: string[];
  /** Takes no more mails. */
  stop(): void;
}

export async function startMailServer(): Promise<MailServer> {
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
