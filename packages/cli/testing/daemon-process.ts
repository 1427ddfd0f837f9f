import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('./schedule-process.ts', import.meta.url));

/** The daemon as a process of its own, run from the sources. */
export class DaemonProcess {
  readonly child: ChildProcess;
  /** What it has logged so far, a JSON document a line. */
  readonly log: string[] = [];
  readonly #closed: Promise<unknown>;
  #stdout = '';
  #watcher: (() => void) | undefined;

  constructor(...files: readonly string[]) {
    const child = spawn(process.execPath, ['--conditions=source', SCRIPT, ...files]);
    this.child = child;
    this.#closed = once(child, 'close');
    child.stdout.on('data', (text) => {
      this.#stdout += text;
    });
    createInterface(child.stderr).on('line', (line) => {
      this.log.push(line);
      this.#watcher?.();
    });
  }

  /** Resolves as soon as the log holds a text `count` times. */
  async logged(text: string, count = 1): Promise<void> {
    while (this.log.filter((line) => line.includes(text)).length < count) {
      await new Promise<void>((resolve) => {
        this.#watcher = resolve;
      });
    }
  }

  /** Base URL of the endpoints. */
  async url(): Promise<string> {
    await this.logged('"url"');
    return JSON.parse(this.log.find((line) => line.includes('"url"')) ?? '').url;
  }

  /** Waits for the end. */
  async ended(): Promise<{ readonly code: number | null; readonly stdout: string }> {
    await this.#closed;
    return { code: this.child.exitCode, stdout: this.#stdout };
  }
}
