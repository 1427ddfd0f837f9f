/** There is no index to ask yet. */
export class NoIndex extends Error {
  override readonly name = 'NoIndex';
  /** What to do, as a sentence. */
  readonly hint = '`misp-pipeline run` builds one with each generation, when the config has `index: {}`.';

  constructor(folder: string, cause?: unknown) {
    super(`there is no index in \`${folder}\``, { cause });
  }
}
