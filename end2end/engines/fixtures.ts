import { test as base } from '@playwright/test';
import { writeFileSync } from 'node:fs';
import { type Server, startServer } from '../tests/server';
import type { Engine, EngineName } from './engine';
import { Firefox } from './firefox';
import { Visitor } from './visitor';
import { WebKit } from './webkit';

export { expect } from '@playwright/test';

interface TestFixtures {
  /** The inner size of the window. */
  size: [number, number];
  /** A visitor who isn't signed in. */
  visitor: Visitor;
}

interface WorkerFixtures {
  engineName: EngineName;
  engine: Engine;
  server: Server;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  engineName: ['firefox', { option: true, scope: 'worker' }],
  // Without a proxy, as after the README's first command.
  server: [
    async ({}, use) => {
      const server = await startServer();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  engine: [
    async ({ engineName }, use) => {
      const engine: Engine = engineName === 'firefox' ? await Firefox.start() : await WebKit.start();
      await use(engine);
      await engine.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  size: [[1280, 800], { option: true }],
  visitor: async ({ engine, server, size }, use, testInfo) => {
    await engine.fresh(...size);
    const visitor = new Visitor(engine, server.url);
    await use(visitor);
    if (testInfo.status !== testInfo.expectedStatus || process.env.SCREENSHOTS) {
      writeFileSync(testInfo.outputPath('window.png'), await visitor.screenshot());
    }
  },
});
