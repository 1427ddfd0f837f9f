import type { styleText } from 'node:util';

/** Puts colour on a text, or not. */
export type Style = (style: Parameters<typeof styleText>[0], text: string) => string;
