import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Sightings } from '@misp-pipeline/traffic';
import type { SnortVersion } from '../options.ts';
import { ALERTS, FILE_LOG } from './settings.ts';

/** Takes a line of a log apart: what fired, and the two ends of the traffic. Undefined for lines of something else. */
type LineReader = (line: string) => readonly [detection: string, from: string, to: string] | undefined;

/** How a rule is called: `1:1000017`. */
export function ruleName(gid: number | string, sid: number | string): string {
  return `${gid}:${sid}`;
}

export function digestName(digest: string): string {
  return `sha256 ${digest.toLowerCase()}`;
}

/** An alert of Snort 3 with the fields that are asked for. It cannot hold a message, which Snort does not escape. */
interface JsonAlert {
  readonly gid: number;
  readonly sid: number;
  readonly src_addr?: string;
  readonly dst_addr?: string;
}

const readers: Record<SnortVersion, LineReader> = {
  3: (line) => {
    if (!line.startsWith('{')) return undefined;
    const { gid, sid, src_addr = '', dst_addr = '' }: JsonAlert = JSON.parse(line);
    return [ruleName(gid, sid), src_addr, dst_addr];
  },
  2: (line) => {
    const [gid, sid, from, to] = line.split(',').map((field) => field.trim());
    if (gid === undefined || sid === undefined || from === undefined || to === undefined) return undefined;
    return [ruleName(gid, sid), from, to];
  },
};

/** `10.64.0.1:40000 -> 198.51.100.1:80, [Name: "x"] [Verdict: Log] [Type: PDF] [SHA: ...] [Size: 5]` */
const FILE_LINE = /(\S+):\d+ -> (\S+):\d+, .*\[SHA: ([0-9A-Fa-f]{64})\]/;

function readFileLine(line: string): ReturnType<LineReader> {
  const [, from, to, digest] = FILE_LINE.exec(line) ?? [];
  if (from === undefined || to === undefined || digest === undefined) return undefined;
  return [digestName(digest), from, to];
}

/** Reads the alerts, and the log of files, that Snort wrote to a folder. Where nothing fired there may be none. */
export async function readSightings(dir: string, version: SnortVersion): Promise<Sightings> {
  const sightings = new Sightings();
  await readLog(join(dir, ALERTS[version]), readers[version], sightings);
  await readLog(join(dir, FILE_LOG), readFileLine, sightings);
  return sightings;
}

async function readLog(path: string, read: LineReader, sightings: Sightings): Promise<void> {
  if (!existsSync(path)) return;
  for await (const line of createInterface({ input: createReadStream(path) })) {
    const sighting = read(line);
    if (sighting !== undefined) sightings.add(...sighting);
  }
}
