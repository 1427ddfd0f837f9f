import type { Indicator, Output, OutputFile, Placement } from '@misp-pipeline/core';

/** An output that keeps what is written, and refuses nothing: paths are the engine's business. */
export class MemoryOutput implements Output {
  readonly files = new Map<string, { text: string; entries: number }>();
  readonly placements: { indicator: Indicator; placement: Placement }[] = [];
  readonly placed: Output['placed'];

  /** With `explain: false` nobody asks where indicators end up, as in an ordinary run. */
  constructor({ explain = true } = {}) {
    if (explain) this.placed = (indicator, placement) => this.placements.push({ indicator, placement });
  }

  file(path: string): OutputFile {
    const file = this.files.get(path) ?? { text: '', entries: 0 };
    this.files.set(path, file);
    return {
      write: (text) => {
        file.text += text;
      },
      count: (entries) => {
        file.entries += entries;
      },
    };
  }

  /** Text of a file; throws when it was not written. */
  text(path: string): string {
    const file = this.files.get(path);
    if (file === undefined) throw new Error(`\`${path}\` was not written, only ${[...this.files.keys()].join(', ')}`);
    return file.text;
  }

  /** Text of every file by path, for comparing two outputs. */
  texts(): Record<string, string> {
    return Object.fromEntries([...this.files].map(([path, { text }]) => [path, text]));
  }
}
