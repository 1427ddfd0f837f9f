import type { PluginKind } from './plugin.ts';

/** Names the numbers and the folder of a stage in the state folder. A filter of an exporter has the name `<exporter>.<id>`. */
export function stageName(kind: PluginKind, id: string): string {
  return `${kind}-${id}`;
}
