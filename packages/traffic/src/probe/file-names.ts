import type { Indicator } from '@misp-pipeline/core';
import { httpResponse } from '../protocol/http.ts';
import { type Fetch, fetchPage } from '../scene/http.ts';
import { sendMail } from '../scene/mail.ts';
import { called, type Scene } from '../scene/scene.ts';
import type { Probes } from './probe.ts';
import { isFieldText, oneChanged } from './variants.ts';

/** Names of files that are fetched or mailed; of a path the last part, which is what travels. */
export function probeFileName({ value }: Indicator, probes: Probes): void {
  const { listed } = probes;
  const name = value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1);
  if (!isFieldText(name) || name.includes('"') || Buffer.byteLength(name) > LONGEST_NAME) return;
  probes.hit('plain', ...named(name, probes));
  if (/^[\w.-]+$/.test(name)) probes.hit('place', fetchPage(listed, { target: `/files/${name}` }));
  for (const near of [`x${name}`, `${name}x`, oneChanged(name)]) {
    if (near === undefined || listed.hasAny(NAME_KINDS, near)) continue;
    probes.miss(near.length === name.length ? 'changed' : 'longer', ...named(near, probes));
  }
  const referred = fetchPage(listed, { headers: [['Referer', name]] });
  probes.miss('place', called(`HTTP request with Referer ${name}`, referred));
}

const NAME_KINDS = ['filename', 'email-attachment'] as const;
/** No file system takes longer ones. */
const LONGEST_NAME = 255;

/** The server suggests the name, and a mail has an attachment of it. */
function named(filename: string, { listed }: Probes): readonly Scene[] {
  const content = Buffer.from('a file\n', 'latin1');
  const response = httpResponse({ contentType: 'application/octet-stream', filename, body: content });
  const fetch: Fetch = { target: '/download', response };
  return [
    called(`download of a file named ${filename}`, fetchPage(listed, fetch)),
    sendMail(listed, `with a file named ${filename}`, { attachment: { filename, content } }),
  ];
}
