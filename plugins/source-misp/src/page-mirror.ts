import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);
const FASTEST = { params: { [constants.ZSTD_c_compressionLevel]: 1 } };

/**
 * The answers of the last complete reading, as they came, so that a run can be repeated without the server. A new
 * reading is written beside the old one and takes its place at the end.
 */
export class PageMirror {
  readonly #current: string;
  readonly #next: string;
  #pages = 0;

  /** `dir` is the stage's state folder. */
  constructor(dir: string) {
    this.#current = join(dir, 'pages');
    this.#next = join(dir, 'pages.next');
  }

  /** Begins a new reading. */
  async begin(): Promise<void> {
    await rm(this.#next, { recursive: true, force: true });
    await mkdir(this.#next, { recursive: true });
  }

  async add(body: Buffer): Promise<void> {
    const name = `${String(++this.#pages).padStart(6, '0')}.json.zst`;
    await writeFile(join(this.#next, name), await compress(body, FASTEST));
  }

  /** Ends the new reading, which becomes the current one. */
  async commit(): Promise<void> {
    await rm(this.#current, { recursive: true, force: true });
    await rename(this.#next, this.#current);
  }

  /** Bodies of the current reading in their order. Throws ENOENT when there is none. */
  async *bodies(): AsyncGenerator<Buffer> {
    for (const name of (await readdir(this.#current)).sort()) {
      yield await decompress(await readFile(join(this.#current, name)));
    }
  }
}
