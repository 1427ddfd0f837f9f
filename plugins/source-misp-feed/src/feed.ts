/** A file on disk that holds one event document. */
export interface EventFile {
  readonly path: string;
  /** Path or URL under which a person knows it. */
  readonly place: string;
  /** Digest that it must have, in lower-case hex. */
  readonly sha256?: string | undefined;
  /** Removes a copy that turned out to be damaged; the feed's own files have no such thing. */
  readonly discard?: () => Promise<void>;
}

/** What a feed offers, on disk and in a fixed order. */
export interface OpenedFeed {
  /** Number of events that the feed lists; some of them may have no file. */
  readonly listed: number;
  readonly files: readonly EventFile[];
  /** When the feed last confirmed them; undefined when nobody knows. */
  readonly asOf: Date | undefined;
  /** Forgets what the feed no longer lists; called once everything was read and accepted. */
  readonly settle: () => Promise<void>;
}
