/** True for a relative path that stays where it is: no empty or dotted part, no control character. Patterns are such paths. */
export function isPlainPath(path: string): boolean {
  return path.split('/').every((part) => part !== '' && !part.startsWith('.') && !/[\0-\x1f\x7f]/.test(part));
}

/** True when a pattern selects a path. `*` is any text within a part, a part `**` is any number of parts. */
export function isSelected(path: string, pattern: string): boolean {
  return covers(pattern.split('/'), path.split('/'), '**', isCovered);
}

function isCovered(pattern: string, part: string): boolean {
  return covers([...pattern], [...part], '*', (a, b) => a === b);
}

/** Matches in at most items times pattern steps: only the last star ever has to be tried again. */
function covers(
  pattern: readonly string[],
  items: readonly string[],
  star: string,
  isMatch: (pattern: string, item: string) => boolean,
): boolean {
  let at = 0;
  let afterStar = -1;
  let taken = 0;
  for (let i = 0; i < items.length; ) {
    const wanted = pattern[at];
    if (wanted === star) {
      afterStar = ++at;
      taken = i;
    } else if (wanted !== undefined && isMatch(wanted, items[i] ?? '')) {
      at++;
      i++;
    } else if (afterStar >= 0) {
      at = afterStar;
      i = ++taken;
    } else return false;
  }
  return pattern.slice(at).every((left) => left === star);
}

/** The path without its leading folder, or as it is when it stands elsewhere. */
export function stripped(path: string, folder: string | undefined): string {
  return folder !== undefined && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
}
