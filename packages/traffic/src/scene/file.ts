import type { Listed } from '../listed.ts';
import { httpResponse } from '../protocol/http.ts';
import { fetchPage } from './http.ts';
import { sendMail } from './mail.ts';
import { called, type Scene } from './scene.ts';

/** A file on its way down, up and by mail. */
export function transfers(listed: Listed, what: string, content: Uint8Array): readonly Scene[] {
  const response = httpResponse({ contentType: 'application/octet-stream', filename: undefined, body: content });
  const download = fetchPage(listed, { target: '/download', response });
  const upload = fetchPage(listed, { target: '/upload', method: 'POST', body: content });
  const mail = sendMail(listed, '', { attachment: { filename: 'attached.bin', content } });
  return [
    { ...called(`download of ${what}`, download), protocol: 'file' },
    { ...called(`upload of ${what}`, upload), protocol: 'file' },
    { ...called(`mail with ${what}`, mail), protocol: 'file' },
  ];
}
