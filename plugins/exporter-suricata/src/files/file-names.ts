import type { Indicator } from '@misp-pipeline/core';
import { writeExactValues } from '../exact/exact-values.ts';
import { lastPart } from '../exact/file-name-form.ts';
import type { Ruleset } from '../ruleset.ts';

/** Programs of an operating system, and names that people and installers give to files of every sort. */
const COMMON_STEMS = new Set(
  `acrobat api app application archive backup bin book browser calc chrome client cmd config copy data default doc
  document documents download driver drivers edge excel explorer file files firefox flash form game help home image images
  img index info install installer invoice iexplore java javaw letter lib license list loader local login logo lsass mail
  main manual menu mshta new note notepad notes office open order outlook package page patch payload payment photo picture
  plugin powerpnt powershell presentation price print program project python quote readme receipt release report request
  rundll32 run sample scan screen script scripts security server service services setup shell software spoolsv start
  statement style support svchost sys system taskmgr temp template test text tmp tool tools uninstall untitled update
  updater user video view viewer web win windows winlogon winword word wscript zip`.split(/\s+/),
);

/** Hashes that the engine computes of a file. */
const COMPUTED = /^(?:md5|sha1|sha256):/;

/** Names of files, of which only those are worth an alert that innocent files do not have too. */
export function writeFileNames(names: readonly Indicator[], ruleset: Ruleset): void {
  const telling: Indicator[] = [];
  for (const indicator of names) {
    const fault = faultOf(indicator);
    if (fault === undefined) telling.push(indicator);
    else ruleset.skip(indicator, fault);
  }
  writeExactValues(telling, ruleset);
}

/**
 * The name of a file whose hash is known adds nothing but false alerts: the hash finds that file under any name, and
 * `svchost.exe|<hash>` says nothing about other files of the name.
 */
function faultOf({ value, companions }: Indicator): string | undefined {
  if (companions.some((companion) => COMPUTED.test(companion))) return 'covered:hash';
  const name = lastPart(value);
  if (name === '' || /[*?]/.test(name)) return 'unsupported:filename-pattern';
  return isCommon(name) ? 'too-broad:filename' : undefined;
}

/** A longer name is no common one. */
const LONGEST = 40;

/** Whether innocent files are called so: a common word or less than three letters, numbered or not. */
function isCommon(name: string): boolean {
  if (name.length > LONGEST) return false;
  const stem = name.replace(/\.[a-z0-9]{1,5}$/, '').replace(/[\s_()-]*\d*\)?$/, '');
  return stem.length < 3 || COMMON_STEMS.has(stem);
}
