import { DESTINATION_IP, SOURCE_IP } from './address.ts';
import { CERTIFICATE } from './certificate.ts';
import { FILE_NAME, PROCESS_NAME } from './file.ts';
import { HASH } from './hash.ts';
import { HOST } from './host.ts';
import type { Subject } from './subject.ts';
import { COOKIE, HTTP_METHOD, URI, URL, USER_AGENT } from './web.ts';
import { NAMED_PIPE, REGISTRY_KEY, SERVICE_NAME } from './windows.ts';

/** All that rules are written for. Every indicator of a kind named here belongs to exactly one subject. */
export const SUBJECTS: readonly Subject[] = [
  HOST,
  DESTINATION_IP,
  SOURCE_IP,
  URL,
  URI,
  USER_AGENT,
  COOKIE,
  HTTP_METHOD,
  HASH,
  CERTIFICATE,
  FILE_NAME,
  PROCESS_NAME,
  REGISTRY_KEY,
  NAMED_PIPE,
  SERVICE_NAME,
];
