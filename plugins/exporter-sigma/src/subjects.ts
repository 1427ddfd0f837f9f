import { DESTINATION_IP, SOURCE_IP } from './address-subjects.ts';
import { HASH } from './hash-subject.ts';
import { HOST } from './host-subject.ts';
import type { Subject } from './subject.ts';
import { URL, USER_AGENT } from './web-subjects.ts';

/** All that rules are written for. Every indicator of a kind named here belongs to exactly one subject. */
export const SUBJECTS: readonly Subject[] = [HOST, DESTINATION_IP, SOURCE_IP, URL, USER_AGENT, HASH];
