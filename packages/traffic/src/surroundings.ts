import type { IndicatorKind } from '@misp-pipeline/core';
import { addressNumber, addressText, type Family } from './packet/address.ts';

/** Says what is listed, and so must not be used. */
export interface Occupied {
  has(kind: IndicatorKind, value: string): boolean;
  hasAny(kinds: readonly IndicatorKind[], value: string): boolean;
  isFreeAddress(address: string): boolean;
  isFreeName(name: string): boolean;
}

type ByFamily = Readonly<Record<Family, string>>;

/** Networks for tests of network equipment (RFC 2544, RFC 5180), in which the plain hosts stand. */
const FIRST_HOST = { 4: '198.18.0.1', 6: '2001:2::1' } as const;
const MOST_HOSTS = 2 ** 16;

const HOSTS: readonly [string, ...string[]] = [
  'www.example.org',
  'www.example.net',
  'www.example.com',
  'plain.test',
  'plain.invalid',
];
const USER_AGENTS: readonly [string, ...string[]] = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
  'plain-client/1.0',
];

/** The plain part of probes: hosts, addresses and texts that no indicator names. */
export class Surroundings {
  /** A server for everything. */
  readonly server: ByFamily;
  readonly resolver: ByFamily;
  readonly proxy: ByFamily;
  /** Name of an ordinary web site. */
  readonly host: string;
  readonly userAgent: string;
  /** Mail addresses. */
  readonly sender: string;
  readonly receiver: string;

  constructor(listed: Occupied) {
    const [server4, resolver4, proxy4] = freeAddresses(4, listed);
    const [server6, resolver6, proxy6] = freeAddresses(6, listed);
    this.server = { 4: server4, 6: server6 };
    this.resolver = { 4: resolver4, 6: resolver6 };
    this.proxy = { 4: proxy4, 6: proxy6 };
    this.host = firstOf(HOSTS, (host) => listed.isFreeName(host));
    const [sender, receiver] = freeMailboxes(listed);
    this.sender = sender;
    this.receiver = receiver;
    this.userAgent = firstOf(USER_AGENTS, (text) => !listed.has('user-agent', text));
  }
}

/** The first that may be used; the last resort is the first. */
function firstOf(candidates: readonly [string, ...string[]], isFree: (candidate: string) => boolean): string {
  return candidates.find(isFree) ?? candidates[0];
}

function freeAddresses(family: Family, listed: Occupied): [string, string, string] {
  const start = addressNumber(FIRST_HOST[family]);
  const free: string[] = [];
  for (let i = 0n; i < MOST_HOSTS && free.length < 3; i++) {
    const address = addressText(start + i, family);
    if (address !== undefined && listed.isFreeAddress(address)) free.push(address);
  }
  const [first = FIRST_HOST[family], second = first, third = first] = free;
  return [first, second, third];
}

const MAILBOXES = ['alice', 'bob', 'carol', 'dave', 'erin', 'frank'].map((name) => `${name}@example.org`);
const MAILBOX_KINDS = ['email', 'email-src', 'email-dst', 'email-reply-to'] as const;

function freeMailboxes(listed: Occupied): [string, string] {
  const free = MAILBOXES.filter((mailbox) => !listed.hasAny(MAILBOX_KINDS, mailbox));
  const [sender = 'plain@plain.test', receiver = sender] = free;
  return [sender, receiver];
}
