import { SEVERITIES, strictestTlp } from '@misp-pipeline/core';
import type { KnownOrigin } from '../known.ts';
import type { Summary } from './answer.ts';

/** Unites what some attributes say, as the collector of a run does. */
export function summaryOf(origins: readonly KnownOrigin[]): Summary {
  return {
    tlp: origins.map(({ tlp }) => tlp).reduce(strictestTlp, undefined),
    tags: distinct(origins.flatMap(({ tags }) => tags)),
    techniques: distinct(origins.flatMap(({ techniques }) => techniques)),
    severity: SEVERITIES.findLast((severity) => origins.some((origin) => origin.severity === severity)) ?? 'unknown',
    confidence: highest(origins.map(({ confidence }) => confidence)),
    firstSeen: lowest(origins.map(({ firstSeen }) => firstSeen)),
    lastSeen: highest(origins.map(({ lastSeen }) => lastSeen)),
    updated: highest(origins.map(({ updated }) => updated)),
    sources: distinct(origins.map(({ source }) => source)),
    organisations: distinct(origins.map(({ event }) => event.org).filter((org) => org !== '')),
    events: new Set(origins.map(({ event }) => event.uuid)).size,
    attributes: new Set(origins.map(({ attribute }) => attribute)).size,
  };
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

type Known = number | undefined;

function highest(numbers: readonly Known[]): Known {
  return numbers.reduce(
    (most, one) => (one === undefined || (most !== undefined && most >= one) ? most : one),
    undefined,
  );
}

function lowest(numbers: readonly Known[]): Known {
  return numbers.reduce(
    (least, one) => (one === undefined || (least !== undefined && least <= one) ? least : one),
    undefined,
  );
}
