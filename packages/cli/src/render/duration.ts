const UNITS = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** A span of seconds in its largest unit, such as `3 d`, `5 h`, `40 s`. */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const unit = UNITS.find(([, length]) => whole >= length);
  return unit === undefined ? `${whole} s` : `${Math.floor(whole / unit[1])} ${unit[0]}`;
}
