import type { Indicator, IndicatorKind } from '@misp-pipeline/core';
import { contentText, pcreText } from '@misp-pipeline/ids-rules';

/** One place in which a mail shows a value. */
export interface MailForm {
  /** Tells the places of a value apart: `from`. */
  readonly place: string;
  /** Match for a version that decodes mails into buffers, which is 8; undefined where it has none for the place. */
  readonly since8: string | undefined;
  /** Match in the text as it is sent. */
  readonly raw: string;
}

type FormOf = (value: string) => MailForm;

const MAIL_FROM: FormOf = (value) => envelope('mail-from', 'smtp.mail_from;', 'MAIL FROM', value);
const RCPT_TO: FormOf = (value) => envelope('rcpt-to', 'smtp.rcpt_to;', 'RCPT TO', value);
const FROM: FormOf = (value) => addressee('from', 'email.from;', 'From', value);
const TO: FormOf = (value) => addressee('to', 'email.to;', 'To', value);
const CC: FormOf = (value) => addressee('cc', 'email.cc;', 'Cc', value);
const REPLY_TO: FormOf = (value) => addressee('reply-to', undefined, 'Reply-To', value);
const SUBJECT: FormOf = (value) => field('subject', 'email.subject;', 'Subject', value);
const X_MAILER: FormOf = (value) => field('x-mailer', 'email.x_mailer;', 'X-Mailer', value);
const MESSAGE_ID: FormOf = (value) => field('message-id', 'email.message_id;', 'Message-ID', inBrackets(value));

const ATTACHMENT: FormOf = (value) => ({
  place: 'attachment',
  since8: undefined,
  raw: `flow:established,to_server; file.name; content:"${contentText(value)}"; nocase; bsize:${Buffer.byteLength(value)};`,
});

const FORMS: Partial<Record<IndicatorKind, readonly FormOf[]>> = {
  email: [MAIL_FROM, FROM, RCPT_TO, TO, CC],
  'email-src': [MAIL_FROM, FROM],
  'email-dst': [RCPT_TO, TO, CC],
  'email-reply-to': [REPLY_TO],
  'email-subject': [SUBJECT],
  'email-attachment': [ATTACHMENT],
  'email-x-mailer': [X_MAILER],
  'email-message-id': [MESSAGE_ID],
};

/** Bytes of the longest file name that the engine reads in a mail; 255 never fire in 7.0.10. */
const LONGEST_ATTACHMENT = 254;

/** Whether the engine sees the value whole, wherever a mail shows it. */
export function isSeenWhole({ kind, value }: Indicator): boolean {
  return kind !== 'email-attachment' || Buffer.byteLength(value) <= LONGEST_ATTACHMENT;
}

/** The places in which a mail shows an indicator. */
export function mailForms({ kind, value }: Indicator): readonly MailForm[] {
  return (FORMS[kind] ?? []).map((formOf) => formOf(value));
}

/** An address in a command of the SMTP session. */
function envelope(place: string, buffer: string, command: string, address: string): MailForm {
  const since8 = `${buffer} content:"<${contentText(address)}>"; nocase;`;
  return { place, since8, raw: rawAddress(command, address) };
}

/** An address in a header field, which may hold names and other addresses. */
function addressee(place: string, buffer: string | undefined, name: string, address: string): MailForm {
  const whole = `/(?:^|[<,\\s])${pcreText(address)}(?:[>,\\s]|$)/i`;
  const since8 = buffer && `${buffer} content:"${contentText(address)}"; nocase; pcre:"${whole}";`;
  return { place, since8, raw: rawAddress(name, address) };
}

function rawAddress(name: string, address: string): string {
  const whole = `/^${name}\\x3a[^\\n]*?[<,\\s\\x3a]${pcreText(address)}[>,\\s]/im`;
  return `flow:established,to_server; content:"${contentText(address)}"; nocase; fast_pattern; pcre:"${whole}";`;
}

/** A header field that holds the value and nothing else. */
function field(place: string, buffer: string, name: string, value: string): MailForm {
  const content = `content:"${contentText(value)}";`;
  const line = `/^(?i:${name})\\x3a[ \\t]*${pcreText(value)}[ \\t]*\\r?$/m`;
  return {
    place,
    since8: `${buffer} ${content} bsize:${Buffer.byteLength(value)};`,
    raw: `flow:established,to_server; ${content} fast_pattern; pcre:"${line}";`,
  };
}

/** Sources give identifiers with and without the brackets that they always have in a mail. */
function inBrackets(id: string): string {
  return id.startsWith('<') ? id : `<${id}>`;
}
