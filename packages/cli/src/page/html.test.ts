import { describe, expect, it } from 'vitest';
import { html } from './html.ts';

const keep = (text: string) => text;

describe('the template of the page', () => {
  it('keeps a value inside of its element and its attribute', () => {
    const value = `</p><img src=x onerror='a()'>" x="&amp;`;
    const text = html`<p title="${value}">${value}</p>`.write(keep);
    const escaped = '&lt;/p&gt;&lt;img src=x onerror=&#39;a()&#39;&gt;&quot; x=&quot;&amp;amp;';
    expect(text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('spells out characters that are invisible or steer text', () => {
    expect(html`${'a\u202eb\u200b\u2028\u0007'}`.write(keep)).toBe('a\\u{202e}b\\u{200b}\\u{2028}\\u{7}');
  });

  it('masks values, also those inside of other templates, and leaves markup alone', () => {
    const page = html`<code>${html`${'my code'}`}</code>`;
    expect(page.write((text) => text.replaceAll('code', '***'))).toBe('<code>my ***</code>');
  });

  it('separates thousands and leaves out what is undefined', () => {
    expect(html`${1234567}${undefined}${[1, ' ', 'b']}`.write(keep)).toBe('1,234,5671 b');
  });
});
