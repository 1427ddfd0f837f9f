import { byWorth } from '@misp-pipeline/core';
import type { Detection } from './detection.ts';

/**
 * Places of the `most` worthiest detections in the list, the worthiest first; of those that are worth the same, the first
 * in the list. Of a million only as many are sorted as are wanted.
 */
export function worthiest(detections: readonly Detection[], most: number): Uint32Array {
  const places = Uint32Array.from(detections.keys());
  const compare = (a: number, b: number) => byWorth(worthOf(detections, a), worthOf(detections, b)) || a - b;
  if (most < places.length) select(places, most, compare);
  return places.subarray(0, most).sort(compare);
}

function worthOf(detections: readonly Detection[], place: number): Detection['worthiest'] {
  const detection = detections[place];
  if (detection === undefined) throw new RangeError(`no detection ${place}`);
  return detection.worthiest;
}

/** Moves the `most` smallest to the front, in any order (Hoare's selection). */
function select(numbers: Uint32Array, most: number, compare: (a: number, b: number) => number): void {
  let low = 0;
  let high = numbers.length - 1;
  while (low < high) {
    const pivot = at(numbers, (low + high) >> 1);
    let left = low;
    let right = high;
    while (left <= right) {
      while (compare(at(numbers, left), pivot) < 0) left++;
      while (compare(pivot, at(numbers, right)) < 0) right--;
      if (left > right) break;
      const moved = at(numbers, left);
      numbers[left++] = at(numbers, right);
      numbers[right--] = moved;
    }
    if (most <= right) high = right;
    else if (most >= left) low = left;
    else return;
  }
}

function at(numbers: Uint32Array, place: number): number {
  return numbers[place] ?? 0;
}
