import { describe, expect, it } from 'vitest';
import { listenAddress } from './listen-address.ts';

describe('listenAddress', () => {
  it.each([
    ['127.0.0.1:9469', '127.0.0.1', 9469, false],
    ['9469', '127.0.0.1', 9469, false],
    [':9469', '127.0.0.1', 9469, false],
    ['localhost:9469', '127.0.0.1', 9469, false],
    ['[::1]:0', '::1', 0, false],
    ['0.0.0.0:9469', '0.0.0.0', 9469, true],
    ['[::]:9469', '::', 9469, true],
    ['[::ffff:192.0.2.1]:9469', '::ffff:192.0.2.1', 9469, true],
  ])('reads %s', (text, host, port, isPublic) => {
    expect(listenAddress(text)).toEqual({ host, port, isPublic });
  });

  it.each(['', ':', '127.0.0.1', 'example.org:9469', '127.0.0.1:99999', '127.1:80', '::1:80', 'http://127.0.0.1:80'])(
    'refuses %s',
    (text) => {
      expect(listenAddress(text)).toBeUndefined();
    },
  );
});
