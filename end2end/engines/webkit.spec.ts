import { password } from '../tests/api';
import { startServer } from '../tests/server';
import { test as base } from './fixtures';

/** A server behind a proxy, which sets only `Secure` cookies, while the browser connects by plain HTTP, where Safari accepts none. */
const test = base.extend({
  server: [
    async ({}, use) => {
      const server = await startServer({ settings: { TENANTRY_TRUSTED_PROXIES: '127.0.0.1' } });
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

test('a browser that refuses the cookie is told so, after a right password and a wrong one', async ({ visitor }) => {
  for (const secret of [password, 'Wrong#2026']) {
    await visitor.goto('/login?next=/roles');
    await visitor.expectCount(0, { role: 'alert' });
    await visitor.signIn('admin@leoart.example', secret);
    await visitor.expectWords('your browser didn’t accept the console’s cookie', { role: 'alert' });
    await visitor.expectAddress('/login?next=/roles&cookie=none');
  }
});
