import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { cosmiconfig } from 'cosmiconfig';
import { pipelineError } from '../errors.ts';

const EXTENSIONS = ['yaml', 'yml', 'json', 'ts', 'mts', 'js', 'mjs'];

/** How the user names a config: a file, an environment, or nothing. */
export interface ConfigChoice {
  readonly file?: string | undefined;
  readonly env?: string | undefined;
  readonly cwd: string;
}

/**
 * Finds the config file. Nearest first: `misp-pipeline.config.*`, `misp-pipeline.*`, the rc files that cosmiconfig
 * users expect, each in the folder itself and in its `config/`; then the same in the folders above.
 */
export async function locateConfig({ file, env, cwd }: ConfigChoice): Promise<string> {
  if (file !== undefined) return existing(resolve(cwd, file));
  if (env !== undefined) return environmentFile(env, cwd);
  const explorer = cosmiconfig('misp-pipeline', {
    searchPlaces: SEARCH_PLACES,
    searchStrategy: 'global',
    // Only the place matters here: each layer is read with its line numbers later.
    loaders: Object.fromEntries([...EXTENSIONS.map((e) => `.${e}`), 'noExt'].map((key) => [key, () => true])),
    cache: false,
  });
  const found = await explorer.search(cwd);
  if (found === null) throw pipelineError('CONFIG_NOT_FOUND', { from: cwd });
  return found.filepath;
}

const SEARCH_PLACES = ['', 'config/'].flatMap((folder) => [
  ...EXTENSIONS.map((extension) => `${folder}misp-pipeline.config.${extension}`),
  ...EXTENSIONS.map((extension) => `${folder}misp-pipeline.${extension}`),
  ...['', '.json', '.yaml', '.yml'].map((extension) => `${folder}.misp-pipelinerc${extension}`),
]);

function environmentFile(env: string, cwd: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(env)) throw pipelineError('CONFIG_ENV_NOT_FOUND', { env, looked: [] });
  const looked = ['config/', 'misp-pipeline.'].flatMap((start) => EXTENSIONS.map((e) => `${start}${env}.${e}`));
  const found = looked.find((name) => existsSync(resolve(cwd, name)));
  if (found === undefined) throw pipelineError('CONFIG_ENV_NOT_FOUND', { env, looked });
  return resolve(cwd, found);
}

function existing(file: string): string {
  if (!existsSync(file)) throw pipelineError('CONFIG_NOT_FOUND', { from: file });
  return file;
}
