import type { Listed } from '../listed.ts';
import { type Attachment, SMTP_PORT, smtpMessages } from '../protocol/mail.ts';
import type { Scene } from './scene.ts';

/** What of a mail is not plain. */
export interface MailParts {
  /** Address in the envelope. */
  readonly envelopeFrom?: string;
  readonly envelopeTo?: string;
  /** Header fields; they come in place of the plain ones, or behind them. */
  readonly headers?: readonly (readonly [name: string, value: string])[];
  readonly text?: string;
  readonly attachment?: Attachment;
}

/** A client hands a mail over to a server. */
export function sendMail(listed: Listed, what: string, parts: MailParts): Scene {
  const { server, sender, receiver } = listed.plain;
  return {
    what: `mail ${what}`,
    protocol: 'smtp',
    conversation: () => {
      const { envelopeFrom = sender, envelopeTo = receiver, text = 'Good day.', headers = [], attachment } = parts;
      const fields = new Map([
        ['From', `Plain Sender <${sender}>`],
        ['To', `<${receiver}>`],
        ['Subject', 'good day'],
        ['Message-ID', '<1@plain.test>'],
        ...headers,
      ]);
      const mail = { envelope: { from: envelopeFrom, to: envelopeTo }, headers: [...fields], text };
      const messages = smtpMessages(attachment === undefined ? mail : { ...mail, attachment });
      return { transport: 'tcp', peer: server[4], peerPort: SMTP_PORT, opener: 'client', messages };
    },
  };
}
