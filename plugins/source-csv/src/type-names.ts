import { DETECTABLE_TYPES } from '@misp-pipeline/misp';

const KNOWN: Readonly<Record<string, readonly string[]>> = {
  'ip-dst': ['ip', 'ipv4', 'ipv6', 'ip address', 'ip_address', 'ipv4-addr', 'ipv6-addr'],
  'ip-dst|port': ['ip:port', 'ip_port', 'ipv4:port', 'ipv6:port'],
  domain: ['domain-name', 'domain_name', 'fqdn'],
  hostname: ['host'],
  'hostname|port': ['domain:port', 'host:port'],
  url: ['uri', 'link'],
  md5: ['md5_hash', 'filehash-md5', 'hash_md5'],
  sha1: ['sha1_hash', 'filehash-sha1', 'hash_sha1', 'sha-1'],
  sha256: ['sha256_hash', 'filehash-sha256', 'hash_sha256', 'sha-256'],
  sha512: ['sha512_hash', 'filehash-sha512', 'hash_sha512', 'sha-512'],
  'ja3-fingerprint-md5': ['ja3', 'ja3_hash'],
  email: ['email-addr', 'email_address', 'e-mail'],
};

const WORDS: ReadonlyMap<string, string> = new Map([
  ...DETECTABLE_TYPES.map((type): [string, string] => [type, type]),
  ...Object.entries(KNOWN).flatMap(([type, words]) => words.map((word): [string, string] => [word, type])),
]);

/** A lookup of MISP types by the words that feeds have for them, in any case; `further` words come first. */
export function typeNames(further: Readonly<Record<string, string>>): (word: string) => string | undefined {
  const own = new Map(Object.entries(further).map(([word, type]) => [word.trim().toLowerCase(), type]));
  return (word) => own.get(word.toLowerCase()) ?? WORDS.get(word.toLowerCase());
}
