/** A count with separators between thousands. */
export function plain(value: number): string {
  return value.toLocaleString('en');
}

/** A count for a column. */
export function number(value: number): string {
  return plain(value).padStart(12);
}

/** `1 run`, `2 runs`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${plain(count)} ${count === 1 ? noun : plural}`;
}
