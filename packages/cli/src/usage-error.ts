/** The command line asks for something that cannot be; ends the program with the exit code for usage. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  /** What to do, as a sentence. */
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}
