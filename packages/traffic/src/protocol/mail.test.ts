import { describe, expect, it } from 'vitest';
import { smtpMessages } from './mail.ts';

describe('smtpMessages', () => {
  it('doubles a dot at the start of a line, which would end the mail', () => {
    const envelope = { from: 'a@plain.test', to: 'b@plain.test' };
    const messages = smtpMessages({ envelope, headers: [], text: '.\r\nstill here' });
    const sent = messages.map(({ bytes }) => Buffer.from(bytes).toString('utf8'));
    expect(sent.find((text) => text.includes('still here'))).toMatch(/\r\n\.\.\r\nstill here\r\n\.\r\n$/);
  });
});
