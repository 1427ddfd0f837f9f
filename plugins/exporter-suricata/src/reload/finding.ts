/** Something that was compared. */
export interface Finding {
  /** Whether the engine does not run what is live. */
  readonly isFault: boolean;
  readonly message: string;
}

export function fine(message: string): Finding {
  return { isFault: false, message };
}

export function fault(message: string): Finding {
  return { isFault: true, message };
}
