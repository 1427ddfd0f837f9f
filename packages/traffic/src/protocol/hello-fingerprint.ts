import { hash } from 'node:crypto';
import { EXTENSION, extensionsOf, type HelloProfile, TLS_1_2 } from './client-hello.ts';

/** JA3: MD5 of what a client offers, in the order in which it is offered (github.com/salesforce/ja3). */
export function ja3Of(profile: HelloProfile, serverName: string | undefined): string {
  const types = extensionsOf(profile, serverName).map(({ type }) => type);
  const lists = [profile.ciphers, types, profile.groups, profile.pointFormats ?? []];
  return hash('md5', [TLS_1_2, ...lists.map((list) => list.join('-'))].join(','));
}

/** JA4: readable counts, and hashes of sorted lists (github.com/FoxIO-LLC/ja4). */
export function ja4Of(profile: HelloProfile, serverName: string | undefined): string {
  const types = extensionsOf(profile, serverName).map(({ type }) => type);
  const [application = '00'] = profile.applications;
  const version = profile.versions.length > 0 ? '13' : '12';
  const counts = `${twoDigits(profile.ciphers.length)}${twoDigits(types.length)}`;
  const ends = `${application.at(0)}${application.at(-1)}`;
  const start = `${profile.overQuic ? 'q' : 't'}${version}${serverName === undefined ? 'i' : 'd'}${counts}${ends}`;
  const hashed = types.filter((type) => type !== EXTENSION.serverName && type !== EXTENSION.applications);
  const signatures = profile.signatures.map(hex).join(',');
  return `${start}_${short(sorted(profile.ciphers))}_${short(`${sorted(hashed)}_${signatures}`)}`;
}

function twoDigits(count: number): string {
  return String(count).padStart(2, '0');
}

function hex(value: number): string {
  return value.toString(16).padStart(4, '0');
}

function sorted(values: readonly number[]): string {
  return values.map(hex).sort().join(',');
}

function short(text: string): string {
  return hash('sha256', text).slice(0, 12);
}
