import { spawnSync } from 'node:child_process';

export const TSHARK = spawnSync('tshark', ['-v']).status === 0;

const CHECKSUMS = ['ip', 'tcp', 'udp'].flatMap((protocol) => ['-o', `${protocol}.check_checksum:TRUE`]);

function tshark(capture: string, ...args: readonly string[]): string[] {
  const options = ['-n', '-r', capture, ...CHECKSUMS, ...args];
  const { status, stdout, stderr } = spawnSync('tshark', options, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(stderr);
  return stdout.split('\n').filter((line) => line !== '');
}

/** One line for each packet that the filter selects. */
export function packets(capture: string, filter: string): string[] {
  return tshark(capture, '-Y', filter);
}

/** All values that some fields have anywhere in a capture. */
export function valuesOf(capture: string, fields: readonly string[]): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = tshark(capture, '-T', 'fields', '-E', 'aggregator=|', ...fields.flatMap((field) => ['-e', field]));
  const values = new Map(fields.map((field) => [field, new Set<string>()]));
  for (const line of lines) {
    for (const [i, column] of line.split('\t').entries()) {
      for (const value of column.split('|')) values.get(fields[i] ?? '')?.add(value);
    }
  }
  return values;
}
