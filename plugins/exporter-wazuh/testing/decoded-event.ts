/** An event as stock decoders and rules leave it. */
export interface DecodedEvent {
  /** The decoder, where no stock rule has taken the event. */
  readonly decoder?: string;
  /** The stock rule that has taken it, if it is known by its id. */
  readonly sid?: number;
  /** Groups of that rule. */
  readonly groups?: readonly string[];
  readonly fields: Readonly<Record<string, string>>;
}
