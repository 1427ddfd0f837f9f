/** A moment of ISO 8601, to the minute: `2026-11-24 08:15`; who reads it knows that it is UTC. */
export function minuteText(iso: string): string {
  return iso.slice(0, 16).replace('T', ' ');
}

/** The same where nothing else says so: `2026-11-24 08:15 UTC`. */
export function momentText(iso: string): string {
  return `${minuteText(iso)} UTC`;
}

/** Seconds from one moment of ISO 8601 to another. */
export function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}
