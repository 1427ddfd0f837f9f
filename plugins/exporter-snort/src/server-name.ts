const LETTERS_FROM = 65;

/**
 * The end of a server_name extension: name type 0, length in two bytes, name. The length pins both ends of the name.
 * Undefined when the length is a letter to a search that ignores case, which would take two lengths for the same.
 */
export function plainServerName(host: string): Uint8Array | undefined {
  if (host.length >= LETTERS_FROM) return undefined;
  return Buffer.from(`\x00\x00${String.fromCharCode(host.length)}${host}`, 'latin1');
}
