import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What stands in published lists. Each is read when it is first asked for. */
export class PublishedLists {
  readonly #dir: string;
  readonly #lists = new Map<string, ReadonlyMap<string, string>>();

  /** @param dir the folder that holds the published files */
  constructor(dir: string) {
    this.#dir = dir;
  }

  /** The severity of a key in a list, or undefined when it is not there. */
  severityOf(list: string, key: string): string | undefined {
    const known = this.#lists.get(list) ?? this.#read(list);
    this.#lists.set(list, known);
    return known.get(key);
  }

  #read(list: string): ReadonlyMap<string, string> {
    const path = join(this.#dir, 'lists', list);
    const lines = existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
    return new Map(lines.filter((line) => line !== '').map(entryOf));
  }
}

/** Key and severity of a line, as `cdbLine` writes it. */
export function entryOf(line: string): [string, string] {
  const colon = line.lastIndexOf(':');
  const key = line.slice(0, colon);
  return [key.startsWith('"') ? key.slice(1, -1) : key, line.slice(colon + 1)];
}
