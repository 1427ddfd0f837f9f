import { describe, expect, it } from 'vitest';
import { serverMessage } from './server-message.ts';

const said = (body: unknown) => serverMessage(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)));

describe('serverMessage', () => {
  it('undoes the escaping of MISP, once', () => {
    expect(said({ message: 'Tag &quot;a &amp;lt; b&quot; isn&#039;t known' })).toBe('Tag "a &lt; b" isn\'t known');
  });

  it('takes the name when there is no message', () => {
    expect(said({ name: 'Rate limit exceeded.' })).toBe('Rate limit exceeded.');
  });

  it('names the fields that were refused, and says nothing twice', () => {
    expect(
      said({ message: 'Could not add feed', errors: { url: ['is not valid', 'is taken'], name: 'is empty' } }),
    ).toBe('Could not add feed (url: is not valid, is taken; name: is empty)');
    expect(said({ message: 'No such list.', errors: 'No such list.' })).toBe('No such list.');
    expect(said({ saved: false, errors: 'Warninglist(s) not found.' })).toBe('Warninglist(s) not found.');
  });

  it('says nothing for a page of a proxy', () => {
    expect(said('<html>502 Bad Gateway</html>')).toBeUndefined();
    expect(said('[]')).toBeUndefined();
    expect(said({ message: 7 })).toBeUndefined();
  });
});
