import type { Indicator } from '@misp-pipeline/core';
import { datasetMatch, listPath } from '../lists/dataset.ts';
import { ListFile } from '../lists/list-file.ts';
import { framed, listFrame } from '../rules/rule-text.ts';
import { BEFORE_8, SINCE_8 } from '../rules/versions.ts';
import type { Ruleset } from '../ruleset.ts';

type HashKind = 'md5' | 'sha1' | 'sha256';

/** Kinds of file hash, the strongest first. */
export const FILE_HASHES: readonly HashKind[] = ['sha256', 'sha1', 'md5'];

const HEADER = 'alert ip any any -> any any';

/**
 * Hashes of files, all of one kind. Suricata 8 computes every kind of hash that a rule asks for; Suricata 7 only the
 * kind that its first rule asks for, unless the setting `force-hash` names others. So on 7 the main kind gets the proper
 * rule, and the others look at the inspected part of a body, which holds files up to some 30 kB. Their proper rules are
 * in a file apart, for sensors that have the setting.
 */
export function writeFileHashes(hashes: readonly Indicator[], ruleset: Ruleset): void {
  const kind = FILE_HASHES.find((kind) => kind === hashes[0]?.kind);
  if (kind === undefined) return;
  const name = `misp-${kind}`;
  const wholeFile = `file${kind}:${listPath(name)};`;
  const isMain = kind === ruleset.mainHash;
  const before8 = isMain ? wholeFile : bodyMatch(kind, hashes.length);
  const frame = listFrame(`file ${kind} in list ${name}`, 'passing', [`misp_kind ${kind}`]);
  const sids = ruleset.rules.addEither(
    { key: name, header: HEADER, options: framed(frame, `${SINCE_8} ${wholeFile}`) },
    { key: `${name} body`, header: HEADER, options: framed(frame, `${BEFORE_8} ${before8}`) },
  );
  if (!isMain) {
    // Of a lower priority, so that it stands behind the main kind's rule even if somebody loads it without the setting.
    const options = framed(frame, `${wholeFile} priority:2;`);
    ruleset.forceHashRules.add({ key: `${name} force-hash`, header: HEADER, options });
    if (kind === 'sha1') writeRawSha1List(hashes, ruleset);
  }
  const list = new ListFile(ruleset.output, listPath(name), sids);
  for (const indicator of hashes) list.add(indicator.value, [indicator]);
}

const RAW_SHA1 = 'misp-sha1-raw';

/** Looks the hash of what is inspected of a body up in a list. */
function bodyMatch(kind: HashKind, size: number): string {
  const dataset = kind === 'sha1' ? datasetMatch(RAW_SHA1, 'string', size) : datasetMatch(`misp-${kind}`, kind, size);
  return `file.data; to_${kind}; ${dataset}`;
}

/** Datasets know no type for SHA-1, so its 20 bytes go as a string. `explain` is told of the readable list only. */
function writeRawSha1List(hashes: readonly Indicator[], { output }: Ruleset): void {
  const list = new ListFile(output, listPath(RAW_SHA1), []);
  for (const { value } of hashes) list.add(Buffer.from(value, 'hex').toString('base64'), []);
}
