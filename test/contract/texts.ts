import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Enough for several batches. */
const HOSTS = 2500;

/** What becomes of the lines of either text: a heading in a comment, the hosts, one of them again, one that is no host. */
export const TEXT_TOTALS = { read: HOSTS + 3, indicators: HOSTS, rejected: 3, problems: 0 };

export interface Texts {
  readonly csv: string;
  readonly list: string;
  readonly brokenCsv: string;
  readonly brokenList: string;
}

/** The same hosts as a CSV file and as a list, and a text of each kind that cannot be understood. */
export function makeTexts(): Texts {
  const dir = mkdtempSync(join(tmpdir(), 'texts-'));
  const write = (name: string, lines: readonly string[]) => {
    const path = join(dir, name);
    writeFileSync(path, lines.map((line) => `${line}\n`).join(''));
    return path;
  };
  const hosts = [...Array.from({ length: HOSTS }, (_, i) => `host-${i}.example`), 'host-0.example', 'no host'];
  return {
    csv: write('hosts.csv', ['# "host","type"', ...hosts.map((host) => `"${host}", "domain"`)]),
    list: write('hosts.txt', ['# hosts', ...hosts]),
    brokenCsv: write('broken.csv', ['"evil.example']),
    brokenList: write('broken.txt', ['no host at all']),
  };
}
