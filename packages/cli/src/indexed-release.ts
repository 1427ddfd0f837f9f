import { messageOf, type PipelineConfig, type ReleaseOptions, type ReleaseReport } from '@misp-pipeline/core';
import { IndexFolder } from '@misp-pipeline/lookup';
import { hasReplaced } from './indexed-run.ts';
import { indexFolder } from './open-index.ts';

/** Does what `apply` or `rollback` does, and lets the index follow: that of the plan, or that of the release that came back. */
export async function indexedRelease(
  config: PipelineConfig,
  options: Pick<ReleaseOptions, 'logger' | 'signal'>,
  release: (watch: Pick<ReleaseOptions, 'settled'>) => Promise<ReleaseReport>,
): Promise<ReleaseReport> {
  if (config.index === undefined) return release({});
  const { logger } = options;
  const settled = async (report: ReleaseReport) => {
    try {
      if (follow(new IndexFolder(indexFolder(config)), report)) await hasReplaced(config, options);
      else logger.warn('there is no index of what is live now: look-ups are answered as before, until the next run');
    } catch (error) {
      logger.error(`the index in \`${indexFolder(config)}\` is not that of what is live: ${messageOf(error)}`);
    }
  };
  return release({ settled });
}

function follow(indexes: IndexFolder, { release: { id, fingerprint, restored } }: ReleaseReport): boolean {
  return restored === undefined ? indexes.putApplied(fingerprint, id) : indexes.putRestored(restored, id);
}
