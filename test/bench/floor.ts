/**
 * What cannot be avoided: the same bytes read the same way and parsed in the same order, and nothing else.
 *
 *   node test/bench/floor.ts feed FOLDER
 *   node test/bench/floor.ts misp URL
 */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

const PAGE = 5000;

/** All files of a feed; returns how many events they held. */
export function readFeed(dir: string): number {
  const parse = (name: string) => JSON.parse(readFileSync(join(dir, name), 'utf8'));
  let events = 0;
  for (const uuid of Object.keys(parse('manifest.json'))) {
    if (parse(`${uuid}.json`).Event !== undefined) events++;
  }
  return events;
}

/** All answers of an attribute search, page by page; returns how many attributes they held. */
async function readPages(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true });
  let attributes = 0;
  for (let page = 1; ; page++) {
    const body = await post(url, agent, JSON.stringify({ limit: PAGE, page }));
    const rows: readonly unknown[] = JSON.parse(body.toString('utf8')).response.Attribute;
    if (rows.length === 0) break;
    attributes += rows.length;
  }
  agent.destroy();
  return attributes;
}

function post(url: string, agent: Agent, body: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = request(new URL('attributes/restSearch', `${url}/`), { method: 'POST', agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve(Buffer.concat(chunks)));
      answer.on('error', reject);
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

if (import.meta.main) {
  const [input, from = '.'] = process.argv.slice(2);
  console.log(input === 'misp' ? await readPages(from) : readFeed(from));
}
