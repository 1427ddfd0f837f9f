import { hash } from 'node:crypto';
import type { Digest, Known } from './known.ts';

const ALGORITHMS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;

function digestsOf(content: Buffer): readonly Digest[] {
  return ALGORITHMS.map((kind) => ({ kind, value: hash(kind, content) }));
}

function file(what: string, content: Buffer): Known<Buffer> {
  return { what, thing: content, digests: digestsOf(content) };
}

function text(...lines: readonly string[]): Buffer {
  return Buffer.from(lines.join('\n'), 'latin1');
}

/** The headers of a program for Windows, without code: engines tell the type by them. */
function program(): Buffer {
  const bytes = Buffer.alloc(1024);
  bytes.write('MZ', 0, 'latin1');
  bytes.writeUInt32LE(0x80, 0x3c);
  bytes.write('PE\0\0L\u0001', 0x80, 'latin1');
  return bytes;
}

/** The file of eicar.org that every scanner knows; in two pieces, so that none finds it in here. */
const EICAR = text(['X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-', 'ANTIVIRUS-TEST-FILE!$H+H*'].join(''));

/** Files whose digests a made event can hold. */
export const KNOWN_FILES: readonly Known<Buffer>[] = [
  file('a small document', text('%PDF-1.4', '1 0 obj', '<< /Type /Catalog >>', 'endobj', 'trailer', '%%EOF', '')),
  file('a small program', program()),
  file('a small text', text('A text that is known to everybody who reads this.', '')),
  file('the test file of EICAR', EICAR),
];
