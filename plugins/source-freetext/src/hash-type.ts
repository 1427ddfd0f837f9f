const CERTIFICATE = /\b(?:certificates?|thumbprints?)\b/i;
const OF_FILES = /\b(?:samples?|files?|signed (?:by|with))\b/i;
const CIPHER_KEY = /\b(?:rc4|aes|des|rsa|xor|static|public|private|encryption|cryptographic)\b.*\bkeys?\b/i;

/** Whether a type is that of a file's hash. */
export function isFileHash(type: string): boolean {
  return /^(?:md5|sha\d+)$/.test(type);
}

/** Whether what stands under a heading are keys of ciphers, which are as long as hashes. */
export function isKeyHeading(heading: string): boolean {
  return CIPHER_KEY.test(heading);
}

/**
 * Finds out what the hashes in a piece of text are of, if not of files: the text says so, or the heading above. The
 * result turns the type that a hash seems to have into the one that it has.
 */
export function hashTypes(heading: string, text: string): (type: string) => string {
  const isOfCertificates = CERTIFICATE.test(heading) && !OF_FILES.test(heading);
  const md5 = /\bja3\b/i.test(text) ? 'ja3-fingerprint-md5' : /\bimphash\b/i.test(text) ? 'imphash' : 'md5';
  return (type) => {
    if (type === 'md5' && md5 !== type) return md5;
    return isOfCertificates && /^(?:md5|sha1|sha256)$/.test(type) ? `x509-fingerprint-${type}` : type;
  };
}
