import { MAIL_FROM, MAIL_HEADER, MAIL_REPLY_TO, MAIL_TO } from '../../lists/mail.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Mail, where Suricata logs headers only on demand. */
export const MAIL: readonly LookUp[] = [
  {
    id: 70,
    parent,
    field: 'smtp.mail_from',
    list: MAIL_FROM,
    says: 'mail from listed sender $(smtp.mail_from)',
    technique: 'T1566',
  },
  {
    id: 72,
    parent,
    field: 'email.from',
    list: MAIL_FROM,
    says: 'mail from listed sender $(email.from)',
    technique: 'T1566',
  },
  {
    id: 74,
    parent,
    field: 'misp.mail_to',
    list: MAIL_TO,
    says: 'mail to listed recipient $(misp.mail_to)',
  },
  {
    id: 76,
    parent,
    field: 'email.reply_to',
    list: MAIL_REPLY_TO,
    says: 'mail with listed Reply-To $(email.reply_to)',
    technique: 'T1566',
  },
  {
    id: 78,
    parent,
    field: 'email.subject',
    list: MAIL_HEADER,
    says: 'mail with listed subject $(email.subject)',
    technique: 'T1566',
  },
  {
    id: 80,
    parent,
    field: 'email.message_id',
    list: MAIL_HEADER,
    says: 'mail with listed Message-ID $(email.message_id)',
    technique: 'T1566',
  },
  {
    id: 82,
    parent,
    field: 'email.x_mailer',
    list: MAIL_HEADER,
    says: 'mail with listed X-Mailer $(email.x_mailer)',
    technique: 'T1566',
  },
];
