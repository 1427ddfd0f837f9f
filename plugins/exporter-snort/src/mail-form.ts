import type { Indicator } from '@misp-pipeline/core';
import type { TextMatch } from './dialect.ts';
import { mailAddressPattern, mailAttachmentPattern, mailHeaderPattern, mailIdPattern } from './pattern.ts';

/** A line of a mail, and what it is called in a message. */
export interface MailLine extends TextMatch {
  readonly what: string;
}

/** Lines and commands that name the sender or the receiver of a mail. */
const SENDER = 'MAIL FROM|From|Reply-To|Sender|Return-Path';
const RECEIVER = 'RCPT TO|To|Cc';

/** The line of a mail that gives an indicator away; undefined for kinds that no line shows. */
export function mailLine({ kind, value }: Indicator): MailLine | undefined {
  switch (kind) {
    case 'email':
      return { what: 'mail from or to', text: value, pattern: mailAddressPattern(value, `${SENDER}|${RECEIVER}`) };
    case 'email-src':
      return { what: 'mail from', text: value, pattern: mailAddressPattern(value, SENDER) };
    case 'email-dst':
      return { what: 'mail to', text: value, pattern: mailAddressPattern(value, RECEIVER) };
    case 'email-reply-to':
      return { what: 'mail to be answered to', text: value, pattern: mailAddressPattern(value, 'Reply-To') };
    case 'email-subject':
      return { what: 'mail with subject', text: value, pattern: mailHeaderPattern('Subject', value) };
    case 'email-x-mailer':
      return { what: 'mail sent with', text: value, pattern: mailHeaderPattern('X-Mailer', value) };
    case 'email-message-id': {
      const id = value.replace(/^<(.+)>$/, '$1');
      return { what: 'mail with id', text: id, pattern: mailIdPattern(id) };
    }
    case 'email-attachment':
    case 'filename':
      return { what: 'mail with attachment', text: value, pattern: mailAttachmentPattern(value) };
    default:
      return undefined;
  }
}
