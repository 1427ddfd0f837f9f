import { dirname, join } from 'node:path';
import { isBelow } from './folder.ts';
import { type Place, placeName } from './options.ts';
import { isSelected, stripped } from './pattern.ts';

/** The places of one exporter, with the folder that it publishes into. */
export interface PlacesOfExporter {
  readonly exporter: string;
  /** Absolute, as everything in the places. */
  readonly dir: string;
  readonly places: readonly Place[];
}

/** Something that can be seen to go wrong before there are any files. */
export interface PlaceFault {
  readonly exporter: string;
  /** Index of the place. */
  readonly place: number;
  /** Lower case, no full stop, the offending path in backticks. */
  readonly message: string;
}

/** Faults of the places of all exporters together: targets that two of them share, and places inside of generations. */
export function faultsOf(exporters: readonly PlacesOfExporter[]): PlaceFault[] {
  const all = exporters.flatMap(({ exporter, dir, places }) =>
    places.map((place, index) => ({ exporter, dir, place, index })),
  );
  const faults: PlaceFault[] = [];
  for (const [i, { exporter, place, index }] of all.entries()) {
    const fault = (message: string) => faults.push({ exporter, place: index, message });
    const folder = place.to ?? dirname(placeName(place));
    const inside = exporters.find(({ dir }) => isBelow(folder, dir));
    if (inside !== undefined)
      fault(`\`${folder}\` is inside of \`${inside.dir}\`, where exporter \`${inside.exporter}\` publishes`);
    for (const other of all.slice(0, i)) {
      const shared = sharedTarget(place, other.place, exporter === other.exporter);
      if (shared !== undefined)
        fault(`\`${shared}\` is also a target of place ${other.index} of exporter \`${other.exporter}\``);
    }
  }
  return faults;
}

/** A path at which two places would surely both put a file. */
function sharedTarget(a: Place, b: Place, isSameExporter: boolean): string | undefined {
  const ofB = new Set(certainTargets(b));
  const shared = certainTargets(a).find((path) => ofB.has(path));
  if (shared !== undefined || !isSameExporter || a.to === undefined || a.to !== b.to || a.strip !== b.strip)
    return shared;
  return inBoth(a, b) ?? inBoth(b, a);
}

/** A file, or a pattern, that one place names and another place with the same folder selects. */
function inBoth({ files, to = '' }: Place, other: Place): string | undefined {
  const named = files.find((file) => other.files.includes(file) || (isOneFile(file) && selects(other, file)));
  return named === undefined ? undefined : join(to, named);
}

/** Paths at which a place will put a file if its exporter makes that file. */
function certainTargets({ to, archive, files, strip }: Place): string[] {
  if (archive !== undefined) return [archive, `${archive}.md5`];
  return files.filter(isOneFile).map((file) => join(to ?? '', stripped(file, strip)));
}

function isOneFile(pattern: string): boolean {
  return !pattern.includes('*');
}

function selects({ files }: Place, path: string): boolean {
  return files.some((pattern) => isSelected(path, pattern));
}
