import type { EngineRun } from '@misp-pipeline/core';

/** A line of a rule file that Snort refuses. */
export interface RefusedLine {
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** What Snort said of a rule file. */
export interface Verdict {
  readonly accepted: boolean;
  /** Lines that it names: Snort 3 names all that it refuses, Snort 2.9 the first. */
  readonly refused: readonly RefusedLine[];
  /** Its own messages. */
  readonly messages: readonly string[];
}

/** `ERROR: file:12 what is wrong` of Snort 3, `ERROR: file(12) what is wrong` of Snort 2.9. */
const PLACE = /^ERROR: (.+?)(?::(\d+)|\((\d+)\)) (.+)$/;

const MOST_MESSAGES = 50;
const LONGEST_MESSAGE = 300;

/** Reads what a test run said about the rule file at the path. */
export function readVerdict({ code, stdout, stderr }: EngineRun, rules: string): Verdict {
  const messages = `${stdout}\n${stderr}`.split(/\r?\n/).filter((line) => /^(?:ERROR|FATAL):/.test(line));
  const refused = messages.flatMap((text) => {
    const [, file = '', line3, line2, message = ''] = PLACE.exec(text) ?? [];
    const isRules = file === rules || rules.endsWith(`/${file}`);
    return isRules ? [{ line: Number(line3 ?? line2), message: message.trim() }] : [];
  });
  return {
    accepted: code === 0,
    refused,
    messages: messages.slice(0, MOST_MESSAGES).map((text) => text.slice(0, LONGEST_MESSAGE)),
  };
}

/** The version that `snort -V` prints. */
export function readVersion({ stdout, stderr }: EngineRun): string | undefined {
  return /\bVersion (\d+(?:\.\d+)+)/.exec(`${stdout}\n${stderr}`)?.[1];
}
