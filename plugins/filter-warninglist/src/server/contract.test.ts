import { rmSync } from 'node:fs';
import { anIndicator, filterContract, type Loopback, startLoopback, testServices } from '@misp-pipeline/testing';
import { afterAll, beforeAll } from 'vitest';
import plugin from '../plugin.ts';

const LIST = { name: 'Top 1000 website from Alexa', type: 'hostname', version: '1', list: ['popular.example'] };
const LISTED = { ...LIST, id: '2', enabled: true, warninglist_entry_count: '1' };

const { stateDir } = testServices();
let server: Loopback;

beforeAll(async () => {
  server = await startLoopback(({ path }, response) => {
    const answer = path === '/warninglists/index' ? { Warninglists: [{ Warninglist: LISTED }] } : LIST;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
});

afterAll(async () => {
  await server.close();
  rmSync(stateDir, { recursive: true });
});

filterContract(plugin, {
  options: () => ({ server: { url: server.url, key: 'x'.repeat(40) } }),
  services: { stateDir },
  indicators: [anIndicator('domain', 'popular.example')],
  reasons: ['warninglist:alexa'],
});
