import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Place, placeOptions } from '../../src/place/options.ts';
import type { Placing } from '../../src/place/placing.ts';
import { type PlacingRequest, preparePlacing } from '../../src/place/prepare.ts';
import type { Generation } from '../../src/place/target.ts';

/** What the placer in a process of its own is sent to do; without requests it recovers. */
export interface Errand {
  readonly requests?: readonly PlacingRequest[];
  readonly state: string;
  /** Call to the file system at which it is killed. */
  readonly killAt: number;
}

type Texts = Readonly<Record<string, string>>;

export const never = new AbortController().signal;

/** A folder of an engine, a state folder, and generations to place. */
export class Site {
  readonly dir = mkdtempSync(join(tmpdir(), 'place-'));
  readonly engine = join(this.dir, 'engine');
  readonly state = join(this.dir, 'state');

  constructor() {
    mkdirSync(this.engine);
  }

  path(name: string): string {
    return join(this.engine, name);
  }

  /** Writes a file that is not ours. */
  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  generation(texts: Texts): Generation {
    const dir = join(this.dir, 'generations', hash('sha256', JSON.stringify(texts)).slice(0, 16));
    const files = Object.entries(texts).map(([path, text]) => {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), text);
      return { path, sha256: hash('sha256', text) };
    });
    return { dir, files };
  }

  /** What is asked for an exporter `e`; its places are in the engine's folder unless they say more. */
  request(texts: Texts, ...places: readonly object[]): PlacingRequest {
    return { exporter: 'e', generation: this.generation(texts), places: this.places(...places) };
  }

  places(...places: readonly object[]): Place[] {
    const given = places.length === 0 ? [{}] : places;
    return placeOptions.parse(given.map((place) => ('archive' in place ? place : { to: this.engine, ...place })));
  }

  prepare(texts: Texts, ...places: readonly object[]): Promise<Placing> {
    return preparePlacing([this.request(texts, ...places)], this.state, never);
  }

  /** Places to the end. */
  async place(texts: Texts, ...places: readonly object[]): Promise<Placing> {
    const placing = await this.prepare(texts, ...places);
    placing.commit();
    placing.finish();
    return placing;
  }

  /** Everything in the engine's folder: permissions, owner and text by path. */
  snapshot(): Record<string, string> {
    const paths = readdirSync(this.engine, { recursive: true, encoding: 'utf8' }).sort();
    return Object.fromEntries(paths.map((path) => [path, describe(join(this.engine, path))]));
  }

  /** Sends a process that is killed on the way; true when it was. */
  send(errand: Errand): boolean {
    const placer = join(import.meta.dirname, 'placer.ts');
    const { status, signal, stderr } = spawnSync(process.execPath, [placer, JSON.stringify(errand)], {
      encoding: 'utf8',
    });
    if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr);
    return signal === 'SIGKILL';
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}

function describe(path: string): string {
  const stat = lstatSync(path);
  const about = `${(stat.mode & 0o7777).toString(8)} ${stat.uid}:${stat.gid}`;
  if (stat.isSymbolicLink()) return `symlink ${readlinkSync(path)}`;
  return stat.isDirectory() ? `${about} folder` : `${about} ${readFileSync(path, 'utf8')}`;
}
