/** Lines of a table whose columns are as wide as their widest cell; the first is aligned left, the others right. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join('  ');
  const [head = [], ...body] = rows.map(line);
  return [head, '-'.repeat(head.length), ...body].join('\n');
}

export const seconds = (value: number): string => value.toFixed(2);
export const times = (value: number): string => `${value.toFixed(2)}x`;
export const whole = (value: number): string => Math.round(value).toLocaleString('en');
