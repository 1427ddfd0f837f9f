import { keyFault } from './cdb.ts';

/** How lists get to the manager. */
export type Delivery = 'file' | 'api';

/** Bytes of the largest request that the manager's API takes. */
const LARGEST_REQUEST = 10_485_760;

/** Bytes of the largest list. Compiled, a list takes up to twice its size, and its format ends at 4 GiB. */
export const LARGEST_LIST: Readonly<Record<Delivery, number>> = { file: 2 ** 30, api: LARGEST_REQUEST };

/** Tells whether a key can stand in a list that is delivered in this way. */
export const TAKES_KEY: Readonly<Record<Delivery, (key: string) => boolean>> = {
  file: (key) => keyFault(key) === undefined,
  api: (key) => keyFault(key) === undefined && API_KEY.test(key),
};

/** The API wants a key with a colon in quotation marks, and there takes letters, digits, `_`, `-`, colons and blanks only. */
const API_KEY = /^(?:[\w\- :]*:[\w\- :]*|[^\s:"]+)$/;
