/** A text as the search compares it: lower case, and not defanged. Linear in its length. */
export function folded(text) {
  return text
    .toLowerCase()
    .replace(/\bh(?:xx|\[tt\]|\[xx\])p(s?)\b/g, 'http$1')
    .replace(/\[:\/\/\]/g, '://')
    .replace(/[[({](\.|dot|:|@|at)[\])}]|\\\./g, (_, sign) => SIGNS[sign] ?? sign ?? '.');
}

const SIGNS = { dot: '.', at: '@' };
