import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Requests of one load: `wrk` sends them in turn, again and again. */
export interface Load {
  readonly name: string;
  readonly method: 'GET' | 'POST';
  /** Paths of a GET, bodies of a POST to `/lookup`. */
  readonly parts: readonly string[];
}

/** What `wrk` saw. */
export interface Seen {
  /** Requests a second. */
  readonly rate: number;
  /** Milliseconds that 99 % of the requests took at most. */
  readonly p99: number;
  /** Requests that failed, or were answered by another code than 2xx or 3xx. */
  readonly failed: number;
}

const CONNECTIONS = 16;
const MILLISECONDS: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000 };

/** Sends a load for some seconds. Files for `wrk` are written into the folder. */
export async function send(url: string, load: Load, seconds: number, folder: string): Promise<Seen> {
  const script = join(folder, `${load.name}.lua`);
  writeFileSync(script, luaOf(load));
  const options = [
    '--threads',
    '1',
    '--connections',
    `${CONNECTIONS}`,
    '--duration',
    `${seconds}s`,
    '--latency',
    '--timeout',
    '10s',
  ];
  const wrk = spawn('wrk', [...options, '--script', script, url], { stdio: ['ignore', 'pipe', 'inherit'] });
  const output = await text(wrk.stdout);
  const [, p99 = '', unit = ''] = /99%\s+([\d.]+)(us|ms|s)/.exec(output) ?? [];
  const socketErrors = /Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)/.exec(output) ?? [];
  const failures = [...socketErrors.slice(1), /Non-2xx or 3xx responses: (\d+)/.exec(output)?.[1] ?? '0'];
  return {
    rate: Number(/Requests\/sec:\s+([\d.]+)/.exec(output)?.[1]),
    p99: Number(p99) * (MILLISECONDS[unit] ?? Number.NaN),
    failed: failures.reduce((sum, count) => sum + Number(count), 0),
  };
}

function luaOf({ method, parts }: Load): string {
  const list = parts.map((part) => JSON.stringify(part)).join(',\n');
  const request =
    method === 'GET'
      ? 'wrk.format("GET", part)'
      : 'wrk.format("POST", "/lookup", { ["Content-Type"] = "application/json" }, part)';
  return `local parts = {${list}}
local i = 0
request = function()
  i = i % #parts + 1
  local part = parts[i]
  return ${request}
end
`;
}
