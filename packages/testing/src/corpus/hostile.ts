import { type EventContext, INDICATOR_KINDS, type Indicator, type IndicatorKind } from '@misp-pipeline/core';
import { anEvent, anIndicator, anOrigin } from '../make.ts';
import { everyKind } from './every-kind.ts';
import { aUuid } from './uuid.ts';

/** What ends a string, opens a tag, a comment or a variable, or runs a command in some language; no blanks. */
const SYNTAX = '"\';|,\\$(id)`id`${HOME}]]>--><!--&amp;<!ENTITY>{{7*7}}*[a]?(b)^.%0a%0d%00%22%3b\\"\\';
/** Text that YAML reads as something else. */
const YAML = ': &a *a !!binary |- >- @x %y - z, {a: b} [c] # d';
/** Control characters: NUL, tab, bell, escape sequences, DEL, next line. */
const CONTROL = 'a\u0000b\tb\u0007c\u001b[31md\u001b]0;t\u0007e\u007ff\u0085g';
/** Right-to-left override and isolates, zero-width characters, line separators, byte order mark. */
const INVISIBLE = '\u202efdp.exe\u202c\u2066x\u2069\u200b\u200d\u2028y\u2029\ufeff';
/** Characters beyond 16 bits, composed and decomposed, and half of a pair. */
const UNICODE = '\u{1f480}\u{10ffff}é e\u0301 \ud83d ﷽';
const LINES = 'x\r\n" ; sid:1; rev:1;)\nalert ip any any -> any any (msg:"y"; sid:2;)\n- z\n</rule>\n';

const TEXTS: readonly string[] = [
  SYNTAX,
  YAML,
  `${SYNTAX} ${YAML}`,
  CONTROL,
  INVISIBLE,
  UNICODE,
  LINES,
  `${'A'.repeat(4000)}${SYNTAX}`,
  'null',
  '~',
  'no',
  '0x1F',
  '*',
  '?',
  '\\',
  '"',
  "'",
  '-',
  '%',
  '# comment',
  '// comment',
  ' blanks around ',
];

const LABEL = 'a'.repeat(63);

/** The nastiest text that is still canonical, for kinds that are not free text. */
const VALUES: Partial<Record<IndicatorKind, readonly string[]>> = {
  ipv4: ['0.0.0.0', '255.255.255.255'],
  ipv6: ['::', '::1'],
  cidr: ['0.0.0.0/0', '::/0'],
  domain: ['no.null', '-a.b-', '1e3.x0', '_dmarc._tcp', `${LABEL}.${LABEL}.${LABEL}.${'b'.repeat(61)}`],
  hostname: ['yes.no.on.off', '-.-.-', '__.--.xn--'],
  url: [
    `http://evil.example/${SYNTAX}`,
    `http://evil.example/?${SYNTAX}&a=?/..//../`,
    `https://evil.example:1/..;/%2e%2e/${SYNTAX}`,
    `http://[::]:65535/${'A'.repeat(4000)}${SYNTAX}`,
    `gopher+x.y-z://-.-/`,
  ],
};

const FINGERPRINTS: ReadonlySet<IndicatorKind> = new Set<IndicatorKind>(
  INDICATOR_KINDS.filter((kind) => /^(ja[34]|jarm|hassh|x509|md5|sha\d|imphash)/.test(kind)),
);

/** What may stand in a title, a comment, a category, the name of an organisation. */
const REMARKS: readonly string[] = [SYNTAX, YAML, CONTROL, INVISIBLE, UNICODE, LINES, ''];
const LONG_TITLE = `${LINES}${'T'.repeat(65_536)}`;

/** Tags as a publisher may invent them. */
const TAGS = [...new Set([...TEXTS.slice(0, 7), 'tlp:green\ntlp:clear', 'x'.repeat(255), ''])].sort();

const EVENTS: readonly EventContext[] = [...REMARKS, LONG_TITLE].map((text, i) =>
  anEvent({
    uuid: `44444444-4444-4444-8444-${i.toString().padStart(12, '0')}`,
    title: text,
    date: '',
    org: text.slice(0, 2000),
    link: `https://misp.example.org/events/view/${text.slice(0, 2000)}`,
  }),
);

/**
 * Canonical indicators with values that try to break out of every language, in the company of hostile event titles,
 * organisations, comments, categories and tags. What a normaliser lets pass is all in here: exporters have to cope.
 */
export function hostileIndicators(): readonly Indicator[] {
  const kinds = INDICATOR_KINDS.filter((kind) => !FINGERPRINTS.has(kind));
  const values = kinds.flatMap((kind) => (VALUES[kind] ?? TEXTS).map((value) => ({ kind, value })));
  const fingerprints = everyKind().filter(({ kind }) => FINGERPRINTS.has(kind));
  return [...values, ...fingerprints].map(({ kind, value }, i) => {
    const text = REMARKS[i % REMARKS.length] ?? '';
    return anIndicator(kind, value, {
      tags: TAGS,
      techniques: ['T1071.004'],
      origins: [
        anOrigin({
          event: EVENTS[i % EVENTS.length] ?? anEvent(),
          attribute: aUuid(0x10_000 + i),
          category: text,
          comment: text,
        }),
      ],
    });
  });
}

/** The same values in harmless company, to compare with. */
export function inHarmlessCompany(indicators: readonly Indicator[]): readonly Indicator[] {
  return indicators.map((indicator, i) => ({ ...indicator, tags: [], origins: [anOrigin({ attribute: aUuid(i) })] }));
}
