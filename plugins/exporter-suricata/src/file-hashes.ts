import type { Indicator } from '@misp-pipeline/core';
import { datasetMatch } from './dataset.ts';
import { ListFile, listPath } from './list-file.ts';
import { framed, listFrame, PASSING, type RuleFrame } from './rule-text.ts';
import type { Ruleset } from './ruleset.ts';

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
  const frame = listFrame(`file ${kind} in list ${name}`, PASSING, [`misp_kind ${kind}`]);
  const wholeFile = `file${kind}:${listPath(name)};`;
  let sid: number;
  if (kind === ruleset.mainHash) {
    sid = ruleset.rules.add({ key: name, header: HEADER, options: framed(frame, wholeFile) });
  } else {
    sid = writeByVersion(kind, frame, hashes.length, ruleset);
    // Of a lower priority, so that it stands behind the main kind's rule even if somebody loads it without the setting.
    const options = framed(frame, `${wholeFile} priority:2;`);
    ruleset.forceHashRules.add({ key: `${name} force-hash`, header: HEADER, options });
    if (kind === 'sha1') writeRawSha1List(hashes, ruleset);
  }
  const list = new ListFile(ruleset.output, name, [sid]);
  for (const indicator of hashes) list.add(indicator.value, indicator);
}

const RAW_SHA1 = 'misp-sha1-raw';

/** Returns the sid for whole files. The sids differ, since suricata-update keeps only one of two rules with one sid. */
function writeByVersion(kind: HashKind, frame: RuleFrame, size: number, { rules }: Ruleset): number {
  const name = `misp-${kind}`;
  const dataset = kind === 'sha1' ? datasetMatch(RAW_SHA1, 'string', size) : datasetMatch(name, kind, size);
  const wholeFile = `requires:version >= 8; file${kind}:${listPath(name)};`;
  const body = `requires:version < 8; file.data; to_${kind}; ${dataset}`;
  return rules.addEither(
    { key: name, header: HEADER, options: framed(frame, wholeFile) },
    { key: `${name} body`, header: HEADER, options: framed(frame, body) },
  );
}

/** Datasets know no type for SHA-1, so its 20 bytes go as a string. `explain` is told of the readable list only. */
function writeRawSha1List(hashes: readonly Indicator[], { output }: Ruleset): void {
  const list = new ListFile(output, RAW_SHA1, []);
  for (const { value } of hashes) list.addFor([], Buffer.from(value, 'hex').toString('base64'));
}
