import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { type MailParts, sendMail } from '../scene/mail.ts';
import type { Aspect, Probes } from './probe.ts';
import { isFieldText, mixedCase, oneChanged } from './variants.ts';

/** How a kind of value stands in a mail. */
interface MailSlot {
  readonly isSendable: (value: string) => boolean;
  /** Mails that show the value, the plainest first. */
  readonly shown: readonly ((value: string) => MailParts)[];
  readonly near: (value: string) => readonly (readonly [Aspect, string | undefined])[];
  /** Mails in which the value means something else. */
  readonly elsewhere: readonly ((value: string) => MailParts)[];
}

/** Envelope and header fields of a mail. */
export function probeMail({ kind, value }: Indicator, probes: Probes): void {
  const slot = SLOTS[kind];
  if (slot === undefined || Buffer.byteLength(value) > LONGEST_LINE || !slot.isSendable(value)) return;
  for (const parts of slot.shown) probes.hit('plain', sendMail(probes.listed, `with ${kind} ${value}`, parts(value)));
  const [plainest] = slot.shown;
  for (const [aspect, near] of slot.near(value)) {
    if (near === undefined || plainest === undefined || probes.listed.hasAny(MAIL_KINDS, near)) continue;
    probes.miss(aspect, sendMail(probes.listed, `with ${kind} ${near}`, plainest(near)));
  }
  const others = MAIL_KINDS.filter((other) => other !== kind);
  if (probes.listed.hasAny(others, value)) return;
  for (const parts of slot.elsewhere) {
    probes.miss('place', sendMail(probes.listed, `with ${value} elsewhere`, parts(value)));
  }
}

/** Kinds of which the same text may be a value, as with a sender who is a receiver, too. */
const MAIL_KINDS: readonly IndicatorKind[] = [
  'email',
  'email-src',
  'email-dst',
  'email-subject',
  'email-attachment',
  'email-x-mailer',
  'email-message-id',
  'email-reply-to',
  'filename',
];

/** Lines have up to 998 bytes (RFC 5322). */
const LONGEST_LINE = 900;

const isMailbox = (value: string) => /^[^\x00-\x20<>"\x7f]+$/.test(value);
const isFileName = (value: string) => isFieldText(value) && !/["\\]/.test(value);

const asSender: readonly ((value: string) => MailParts)[] = [
  (value) => ({ envelopeFrom: value, headers: [['From', `Somebody <${value}>`]] }),
  (value) => ({ envelopeFrom: value }),
  (value) => ({ headers: [['From', value]] }),
];
const asReceiver: readonly ((value: string) => MailParts)[] = [
  (value) => ({ envelopeTo: value, headers: [['To', `Somebody <${value}>`]] }),
  (value) => ({ envelopeTo: value }),
  (value) => ({ headers: [['To', value]] }),
  (value) => ({ headers: [['Cc', `Somebody <${value}>`]] }),
];
const inText: readonly ((value: string) => MailParts)[] = [
  (value) => ({ text: `Do you know ${value} ?` }),
  (value) => ({ headers: [['Subject', `about ${value}`]] }),
];

const nearMailboxes: MailSlot['near'] = (value) => [
  ['longer', `x${value}`],
  ['longer', `${value}.near-miss.test`],
  ['changed', oneChanged(value)],
];
const nearTexts: MailSlot['near'] = (value) => [
  ['longer', `${value} x`],
  ['longer', `x ${value}`],
  ['changed', oneChanged(value)],
];

function headerSlot(name: string): MailSlot {
  return {
    isSendable: isFieldText,
    shown: [(value) => ({ headers: [[name, value]] })],
    near: nearTexts,
    elsewhere: [(value) => ({ text: value }), (value) => ({ headers: [['X-Note', value]] })],
  };
}

const SLOTS: Partial<Record<IndicatorKind, MailSlot>> = {
  email: { isSendable: isMailbox, shown: [...asSender, ...asReceiver], near: nearMailboxes, elsewhere: inText },
  'email-src': {
    isSendable: isMailbox,
    shown: asSender,
    near: nearMailboxes,
    elsewhere: [...asReceiver.slice(0, 1), ...inText],
  },
  'email-dst': {
    isSendable: isMailbox,
    shown: asReceiver,
    near: nearMailboxes,
    elsewhere: [...asSender.slice(0, 1), ...inText],
  },
  'email-reply-to': {
    isSendable: isMailbox,
    shown: [(value) => ({ headers: [['Reply-To', `Somebody <${value}>`]] })],
    near: nearMailboxes,
    elsewhere: [...asReceiver.slice(0, 1), ...inText],
  },
  'email-subject': headerSlot('Subject'),
  'email-x-mailer': headerSlot('X-Mailer'),
  'email-message-id': {
    isSendable: isFieldText,
    shown: [(value) => ({ headers: [['Message-ID', inBrackets(value)]] })],
    near: (value) => [
      ['longer', value.startsWith('<') ? `<x${value.slice(1)}` : `x${value}`],
      ['changed', oneChanged(value)],
    ],
    elsewhere: [(value) => ({ headers: [['In-Reply-To', inBrackets(value)]] })],
  },
  'email-attachment': {
    isSendable: isFileName,
    shown: [withAttachment, (value) => withAttachment(mixedCase(value))],
    near: (value) => [
      ['longer', `x${value}`],
      ['longer', `${value}x`],
      ['changed', oneChanged(value)],
    ],
    elsewhere: inText,
  },
};

/** In a mail an identifier always has them. */
function inBrackets(id: string): string {
  return id.startsWith('<') ? id : `<${id}>`;
}

function withAttachment(filename: string): MailParts {
  return { attachment: { filename, content: Buffer.from('attached\n', 'latin1') } };
}
