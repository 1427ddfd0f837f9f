import { exactList } from '../cdb-list.ts';
import { addMailboxKeys } from '../keys/mail.ts';
import { addValue } from '../keys/value.ts';

export const MAIL_FROM = exactList({
  name: 'misp-mail-from',
  holds: 'senders of mail, also in angle brackets',
  api: false,
  kinds: ['email', 'email-src'],
  addKeys: addMailboxKeys,
});

export const MAIL_TO = exactList({
  name: 'misp-mail-to',
  holds: 'recipients of mail',
  api: false,
  kinds: ['email', 'email-dst'],
  addKeys: addValue,
});

export const MAIL_REPLY_TO = exactList({
  name: 'misp-mail-reply-to',
  holds: 'addresses that replies go to, also in angle brackets',
  api: false,
  kinds: ['email', 'email-reply-to'],
  addKeys: addMailboxKeys,
});

export const MAIL_HEADER = exactList({
  name: 'misp-mail-header',
  holds: 'subjects, message ids and X-Mailer headers',
  api: false,
  kinds: ['email-subject', 'email-message-id', 'email-x-mailer'],
  addKeys: addValue,
});
