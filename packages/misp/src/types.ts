import type { Fields } from './fields.ts';
import { addressReader } from './reading/address.ts';
import { emailReader } from './reading/email.ts';
import { addressPortReader, readHostPort } from './reading/endpoint.ts';
import { fileReader, hexReader, readJa4 } from './reading/hash.ts';
import { hostReader, readDomainIp } from './reading/host.ts';
import type { Reader } from './reading/reading.ts';
import { readMethod, readPipe, readRegistryKey, readRegistryValue, ruleReader, textReader } from './reading/text.ts';
import { readUri, readUrl } from './reading/url.ts';

/** How attributes of one MISP type become indicators. */
export interface AttributeType {
  readonly name: string;
  readonly read: Reader;
  /** What a missing `to_ids` means, as MISP's describeTypes has it. */
  readonly toIds: boolean;
  /** Longest value that is taken, in UTF-16 code units. */
  readonly maxLength: number;
}

const VALUE_LENGTH = 4096;
const RULE_LENGTH = 65_536;

const readFilename = textReader('filename');
const readMd5 = hexReader('md5', 32);
const readSha1 = hexReader('sha1', 40);
const readSha224 = hexReader('sha224', 56);
const readSha256 = hexReader('sha256', 64);
const readSha384 = hexReader('sha384', 96);
const readSha512 = hexReader('sha512', 128);
const readImphash = hexReader('imphash', 32);

/**
 * The MISP types that at least one engine can detect. Types such as `filename|ssdeep`, whose hash no engine computes, are
 * left out with their file name too: alone, a name like `csrss.exe` is on every machine.
 */
const TYPES: ReadonlyMap<string, AttributeType> = new Map([
  ...types({
    'ip-src': addressReader('source'),
    'ip-dst': addressReader('destination'),
    'ip-src|port': addressPortReader('source'),
    'ip-dst|port': addressPortReader('destination'),
    domain: hostReader('domain'),
    'domain|ip': readDomainIp,
    'onion-address': hostReader('domain'),
    hostname: hostReader('hostname'),
    'hostname|port': readHostPort,
    url: readUrl,
    uri: readUri,
    'ja3-fingerprint-md5': hexReader('ja3', 32),
    'ja4-plus': readJa4,
    'jarm-fingerprint': hexReader('jarm', 62),
    'hassh-md5': hexReader('hassh', 32),
    'hasshserver-md5': hexReader('hasshserver', 32),
    'x509-fingerprint-md5': hexReader('x509-md5', 32),
    'x509-fingerprint-sha1': hexReader('x509-sha1', 40),
    'x509-fingerprint-sha256': hexReader('x509-sha256', 64),
    md5: readMd5,
    sha1: readSha1,
    sha224: readSha224,
    sha256: readSha256,
    sha384: readSha384,
    sha512: readSha512,
    imphash: readImphash,
    filename: readFilename,
    'filename|md5': fileReader(readFilename, readMd5),
    'filename|sha1': fileReader(readFilename, readSha1),
    'filename|sha224': fileReader(readFilename, readSha224),
    'filename|sha256': fileReader(readFilename, readSha256),
    'filename|sha384': fileReader(readFilename, readSha384),
    'filename|sha512': fileReader(readFilename, readSha512),
    'filename|imphash': fileReader(readFilename, readImphash),
    'malware-sample': fileReader(readFilename, readMd5),
    email: emailReader('email'),
    'email-src': emailReader('email-src'),
    'email-dst': emailReader('email-dst'),
    'email-attachment': textReader('email-attachment'),
    regkey: readRegistryKey,
    'regkey|value': readRegistryValue,
    mutex: textReader('mutex'),
    'pattern-in-traffic': textReader('pattern-in-traffic'),
  }),
  ...types(
    {
      'user-agent': textReader('user-agent'),
      'http-method': readMethod,
      cookie: textReader('cookie'),
      'email-subject': textReader('email-subject'),
      'email-x-mailer': textReader('email-x-mailer'),
      'email-message-id': textReader('email-message-id'),
      'email-reply-to': emailReader('email-reply-to'),
      'named pipe': readPipe,
      'windows-service-name': textReader('service-name'),
      'windows-service-displayname': textReader('service-name'),
    },
    { toIds: false },
  ),
  ...types(
    {
      snort: ruleReader('rule-snort'),
      suricata: ruleReader('rule-suricata'),
      sigma: ruleReader('rule-sigma'),
      yara: ruleReader('rule-yara'),
      zeek: ruleReader('rule-zeek'),
      bro: ruleReader('rule-zeek'),
    },
    { maxLength: RULE_LENGTH },
  ),
]);

/** Attributes of type `text` that say in their object what they hold, by object relation. */
const TEXTS: ReadonlyMap<unknown, AttributeType> = new Map([
  ['ja4-fingerprint', { name: 'text', read: readJa4, toIds: false, maxLength: VALUE_LENGTH }],
]);

function types(
  readers: Readonly<Record<string, Reader>>,
  { toIds = true, maxLength = VALUE_LENGTH } = {},
): [string, AttributeType][] {
  return Object.entries(readers).map(([name, read]) => [name, { name, read, toIds, maxLength }]);
}

/** All that a value is read with; for looking up a value whose type is not known. */
export const READERS: readonly Reader[] = [...TYPES.values(), ...TEXTS.values()].map(({ read }) => read);

/** The type of an attribute, or undefined when nothing can be detected by it. */
export function attributeType(attribute: Fields): AttributeType | undefined {
  const { type } = attribute;
  if (typeof type !== 'string') return undefined;
  return TYPES.get(type) ?? (type === 'text' ? TEXTS.get(attribute.object_relation) : undefined);
}

/** Names of the MISP types that can become indicators. */
export const DETECTABLE_TYPES: readonly string[] = [...TYPES.keys(), 'text'];
