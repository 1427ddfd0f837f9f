import { describe, expect, it } from 'vitest';
import { formOfHostname, formOfString } from './entry-form.ts';

describe('a string entry', () => {
  it.each([
    ['GOOGLE.com', 'google.com'],
    ['google.com.', 'google.com'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['D41D8CD98F00B204E9800998ECF8427E', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['2001:DB8:0:0::1', '2001:db8::1'],
    ['HTTP://Example.org:80', 'http://example.org/'],
    ['3::', '3::'],
    ['Mozilla/5.0 (X11)', 'Mozilla/5.0 (X11)'],
    ['HKLM\\Software\\Run', 'HKLM\\Software\\Run'],
    ['HKEY_LOCAL_MACHINE\\Software\\Run\\', 'HKLM\\Software\\Run'],
    ['\\\\.\\pipe\\lsass', 'lsass'],
    ['Bob@Example.org', 'bob@example.org'],
    [`${'AB:'.repeat(19)}AB`, 'ab'.repeat(20)],
    ['example.org:8080', 'example.org:8080'],
    ['Mozilla/5.0 (X11; rv:1)', 'Mozilla/5.0 (X11; rv:1)'],
    ['COM', 'COM'],
  ])('%s is compared as %s', (entry, text) => {
    expect(formOfString(entry)).toEqual({ text, meansNamesBelow: false });
  });

  it('with a leading dot means the domain and all below it', () => {
    expect(formOfString('.Google.ad')).toEqual({ text: 'google.ad', meansNamesBelow: true });
  });

  it('with a leading dot that is no domain stays as it is', () => {
    expect(formOfString('.*.exe')).toEqual({ text: '.*.exe', meansNamesBelow: false });
  });
});

describe('a hostname entry', () => {
  it.each([
    ['google.com', 'google.com'],
    ['.bmw.de', 'bmw.de'],
    ['verify.namecheap.com.', 'verify.namecheap.com'],
    ['.EihBank.com', 'eihbank.com'],
    ['.vakıfbank.com', 'xn--vakfbank-vkb.com'],
    ['.barclays', 'barclays'],
  ])('%s means %s and all below it', (entry, text) => {
    expect(formOfHostname(entry)).toEqual({ text, meansNamesBelow: true });
  });

  it.each(['corona', '77', '.77.', 'corona helden', '252/24.mifril.ru', '192.0.2.1/32', '', '.'])(
    '%j is none',
    (entry) => {
      expect(formOfHostname(entry)).toBeUndefined();
    },
  );

  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['2001:DB8::0:1', '2001:db8::1'],
  ])('%s means that address alone', (entry, text) => {
    expect(formOfHostname(entry)).toEqual({ text, meansNamesBelow: false });
  });
});
