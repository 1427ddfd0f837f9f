import { fileURLToPath } from 'node:url';

/** A file of this program, from which its own plugins can be resolved. */
export const PROGRAM = fileURLToPath(import.meta.url);
