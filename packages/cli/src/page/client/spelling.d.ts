/** A text as the search compares it: lower case, and not defanged. */
export function folded(text: string): string;
