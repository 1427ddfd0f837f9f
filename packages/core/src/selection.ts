type Compare = (a: number, b: number) => number;

/** Moves the `most` least numbers to the front, in any order (Hoare's selection). */
export function moveLeastToFront(numbers: Uint32Array, most: number, compare: Compare): void {
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
