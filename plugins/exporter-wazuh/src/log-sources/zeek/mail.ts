import { MAIL_FROM, MAIL_HEADER, MAIL_REPLY_TO, MAIL_TO } from '../../lists/mail.ts';
import type { LookUp } from '../../look-up.ts';
import { parent } from './parent.ts';

/** Mail. */
export const MAIL: readonly LookUp[] = [
  {
    id: 450,
    parent,
    field: 'mailfrom',
    list: MAIL_FROM,
    says: 'mail from listed sender $(mailfrom)',
    technique: 'T1566',
  },
  {
    id: 452,
    parent,
    field: 'from',
    list: MAIL_FROM,
    says: 'mail from listed sender $(from)',
    technique: 'T1566',
  },
  {
    id: 454,
    parent,
    field: 'misp.mail_to',
    list: MAIL_TO,
    says: 'mail to listed recipient $(misp.mail_to)',
  },
  {
    id: 456,
    parent,
    field: 'reply_to',
    list: MAIL_REPLY_TO,
    says: 'mail with listed Reply-To $(reply_to)',
    technique: 'T1566',
  },
  {
    id: 458,
    parent,
    field: 'subject',
    list: MAIL_HEADER,
    says: 'mail with listed subject $(subject)',
    technique: 'T1566',
  },
  {
    id: 460,
    parent,
    field: 'msg_id',
    list: MAIL_HEADER,
    says: 'mail with listed Message-ID $(msg_id)',
    technique: 'T1566',
  },
  {
    id: 462,
    parent,
    field: 'user_agent',
    list: MAIL_HEADER,
    says: 'mail with listed X-Mailer $(user_agent)',
    technique: 'T1566',
  },
];
