import { join, sized8, sized16, u8, u16, u32 } from '../bytes.ts';
import { addressBytes, familyOf } from '../packet/address.ts';

export const DNS_PORT = 53;

const TYPES = { A: 1, TXT: 16, AAAA: 28, OPT: 41, HTTPS: 65 };
const INTERNET = u16(1);

export interface DnsQuestion {
  readonly name: string;
  readonly type: 'A' | 'AAAA' | 'TXT' | 'HTTPS';
  /** With the record of RFC 6891, which most clients add. */
  readonly edns: boolean;
}

const ID = 0x4d49;
const QUERY = 0x0100;
const RESPONSE = 0x8180;
const ANSWER_TO_QUESTION = u16(0xc00c);
const TIME_TO_LIVE = u32(300);

/** A query (RFC 1035). */
export function dnsQuery(question: DnsQuestion): Buffer {
  return join(header(QUERY, 0, question.edns), questionBytes(question), question.edns ? EDNS : NOTHING);
}

/** The response to a query, with the address where the type asks for one of its family, else without an answer. */
export function dnsResponse(question: DnsQuestion, address: string): Buffer {
  const type = familyOf(address) === 4 ? 'A' : 'AAAA';
  const isAnswer = question.type === type;
  const answer = isAnswer
    ? join(ANSWER_TO_QUESTION, u16(TYPES[type]), INTERNET, TIME_TO_LIVE, sized16(addressBytes(address)))
    : NOTHING;
  const head = header(RESPONSE, isAnswer ? 1 : 0, question.edns);
  return join(head, questionBytes(question), answer, question.edns ? EDNS : NOTHING);
}

/** A message as it goes over TCP, behind its length. */
export function dnsOverTcp(message: Buffer): Buffer {
  return sized16(message);
}

const NOTHING = Buffer.alloc(0);
const UDP_SIZE = 1232;
const EDNS = join(u8(0), u16(TYPES.OPT), u16(UDP_SIZE), u32(0), u16(0));

function header(flags: number, answers: number, edns: boolean): Buffer {
  return join(u16(ID), u16(flags), u16(1), u16(answers), u16(0), u16(edns ? 1 : 0));
}

function questionBytes({ name, type }: DnsQuestion): Buffer {
  const labels = name.split('.').map((label) => sized8(Buffer.from(label, 'latin1')));
  return join(...labels, u8(0), u16(TYPES[type]), INTERNET);
}
