/** A UUID for tests that follows from a number. */
export function aUuid(n: number): string {
  return `22222222-2222-4222-8222-${n.toString(16).padStart(12, '0')}`;
}
