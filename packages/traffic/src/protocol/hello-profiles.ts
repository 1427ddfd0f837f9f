import type { HelloProfile } from './client-hello.ts';

/** What ordinary clients of our traffic offer. */
export const PLAIN_HELLO: HelloProfile = {
  ciphers: [0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030],
  groups: [29, 23, 24],
  pointFormats: [0],
  signatures: [0x0403, 0x0804, 0x0401, 0x0503],
  applications: ['h2', 'http/1.1'],
  versions: [0x0304, 0x0303],
  overQuic: false,
};

export const PLAIN_QUIC_HELLO: HelloProfile = {
  ciphers: [0x1301, 0x1302, 0x1303],
  groups: [29, 23, 24],
  pointFormats: undefined,
  signatures: [0x0403, 0x0804, 0x0401],
  applications: ['h3'],
  versions: [0x0304],
  overQuic: true,
};

/** Offers of an old kind, which no browser makes any more. */
export const OLD_HELLO: HelloProfile = {
  ciphers: [0xc014, 0xc013, 0x0035, 0x002f, 0x000a],
  groups: [23, 24],
  pointFormats: [0],
  signatures: [0x0401, 0x0201],
  applications: [],
  versions: [],
  overQuic: false,
};

/** As {@link OLD_HELLO}, with two ciphers in the other order: another JA3 and the same lists for JA4. */
export const REORDERED_HELLO: HelloProfile = { ...OLD_HELLO, ciphers: [0xc013, 0xc014, 0x0035, 0x002f, 0x000a] };

export const ODD_QUIC_HELLO: HelloProfile = { ...PLAIN_QUIC_HELLO, ciphers: [0x1303, 0x1301], groups: [23] };
