/** Order of two texts by their bytes in UTF-8, which is how the history sorts. */
export function compareBytes(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return weightOf(x) - weightOf(y);
  }
  return a.length - b.length;
}

/** Surrogates stand for characters above all others but have smaller codes than some. */
function weightOf(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
