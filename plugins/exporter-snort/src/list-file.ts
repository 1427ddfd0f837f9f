import type { Budgeted, Indicator, Output } from '@misp-pipeline/core';

/**
 * Writes the values that there is room for to a file, one a line, each once, and hands the others to `onCut`. The values must
 * be free of anything that a line of the list could be mistaken for. The file does not exist when nothing is listed.
 */
export function writeList(
  { kept, cut }: Budgeted,
  path: string,
  output: Output,
  onCut: (indicator: Indicator) => void,
): void {
  cut.forEach(onCut);
  if (kept.length === 0) return;
  const file = output.file(path);
  const written = new Set<string>();
  for (const indicator of kept) {
    const { value } = indicator;
    const before = written.size;
    if (written.add(value).size > before) {
      file.write(`${value}\n`);
      file.count(1);
    }
    output.placed?.(indicator, { file: path, text: value });
  }
}
