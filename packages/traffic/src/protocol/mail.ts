import { fromClient, fromPeer, type Message } from '../conversation.ts';

export const SMTP_PORT = 25;

export interface Attachment {
  readonly filename: string;
  readonly content: Uint8Array;
}

export interface Mail {
  readonly envelope: { readonly from: string; readonly to: string };
  /** From, To, Subject and the like, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly text: string;
  readonly attachment?: Attachment;
}

/** A mail as it is handed over by SMTP (RFC 5321), in clear text. */
export function smtpMessages(mail: Mail): readonly Message[] {
  return [
    fromPeer('220 mx.plain.test ESMTP\r\n'),
    fromClient('EHLO client.plain.test\r\n'),
    fromPeer('250-mx.plain.test\r\n250 8BITMIME\r\n'),
    fromClient(`MAIL FROM:<${mail.envelope.from}>\r\n`),
    fromPeer('250 ok\r\n'),
    fromClient(`RCPT TO:<${mail.envelope.to}>\r\n`),
    fromPeer('250 ok\r\n'),
    fromClient('DATA\r\n'),
    fromPeer('354 go ahead\r\n'),
    fromClient(`${messageText(mail).replace(/^\./gm, '..')}\r\n.\r\n`),
    fromPeer('250 queued\r\n'),
    fromClient('QUIT\r\n'),
    fromPeer('221 bye\r\n'),
  ];
}

const BOUNDARY = 'part-4711';

/** The message itself (RFC 5322, RFC 2045). */
function messageText({ headers, text, attachment }: Mail): string {
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  lines.push('Date: Thu, 01 Jan 2026 00:00:00 +0000', 'MIME-Version: 1.0');
  if (attachment === undefined) return [...lines, 'Content-Type: text/plain; charset=utf-8', '', text].join('\r\n');
  const { filename, content } = attachment;
  const parts = [
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    '',
    `--${BOUNDARY}`,
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
    `--${BOUNDARY}`,
    `Content-Type: application/octet-stream; name="${filename}"`,
    `Content-Disposition: attachment; filename="${filename}"`,
    'Content-Transfer-Encoding: base64',
    '',
    ...(Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/g) ?? []),
    `--${BOUNDARY}--`,
  ];
  return [...lines, ...parts].join('\r\n');
}
