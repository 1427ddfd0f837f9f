import { counted } from '../render/number.ts';

const DAY = 86_400;
const SOON = 30 * DAY;

/** When something ends, such as `ends in 12 days`, `ended 1 day ago`; both in Unix seconds. */
export function ending(end: number, now: number): string {
  const days = Math.floor(Math.abs(end - now) / DAY);
  if (end < now) return days === 0 ? 'ended less than a day ago' : `ended ${counted(days, 'day')} ago`;
  return days === 0 ? 'ends in less than a day' : `ends in ${counted(days, 'day')}`;
}

/** Whether it has ended, or ends within 30 days. */
export function endsSoon(end: number, now: number): boolean {
  return end < now + SOON;
}
