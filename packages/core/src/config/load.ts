import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { pipelineError } from '../errors.ts';
import { faultsOf } from '../place/faults.ts';
import type { PluginKind } from '../plugin.ts';
import { isPath, resolvePlugin } from '../plugins/resolve.ts';
import { redact } from '../secret.ts';
import { absolutePath, checkOptions, locatedOptions, type OptionsContext } from './check-options.ts';
import type { ExporterConfig, PipelineConfig, StageConfig } from './config.ts';
import { shownConfig } from './credentials.ts';
import { ConfigFaultError, faultText } from './fault.ts';
import { Faults } from './faults.ts';
import { interpolate } from './interpolate.ts';
import { addIssues } from './issues.ts';
import { isTree, readMerged, type Tree } from './layer.ts';
import { LOOK_UP } from './look-up.ts';
import { OPERATION } from './operation.ts';
import type { JsonSchema } from './options.ts';
import { type ExporterOptions, type PipelineShape, pipelineSchema, stageSchemas } from './schema.ts';

export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of the program, from which its own plugins can be resolved. */
  readonly program: string;
}

/** Loads a config file. Throws CONFIG_INVALID with every fault at once, each with file, line and path. */
export async function loadConfig(file: string, options: LoadOptions): Promise<PipelineConfig> {
  try {
    return await load(resolve(file), options);
  } catch (error) {
    if (error instanceof ConfigFaultError) throw pipelineError('CONFIG_INVALID', { faults: [faultText(error.fault)] });
    throw error;
  }
}

async function load(file: string, { env, program }: LoadOptions): Promise<PipelineConfig> {
  const merged = await readMerged(file);
  const faults = new Faults(file, merged.places);
  const { tree, replaced } = interpolate(merged.tree, env, faults);
  const clean = withoutSchemaKeys(tree);
  const context = { faults, replaced, secrets: new Set<string>(), shown: structuredClone(clean) };
  const shape = checkShape(locatedSections(clean, context), context);
  const stages = new StageLoader(file, program, context);
  const sources = await stages.load(shape?.sources ?? soundStages(clean, 'sources'), 'source', 'sources');
  const filters = await stages.load(shape?.filters ?? soundStages(clean, 'filters'), 'filter', 'filters');
  const exporters = await stages.exporters(shape?.exporters ?? soundStages(clean, 'exporters'));
  for (const { exporter, place, message } of faultsOf(exporters.map(({ id, ...rest }) => ({ exporter: id, ...rest }))))
    faults.add(`exporters.${exporter}.with.places.${place}`, message);
  if (shape === undefined || faults.any)
    throw pipelineError('CONFIG_INVALID', { faults: faults.texts(context.secrets) });
  refuseSharedFolders(exporters);
  return {
    name: shape.name ?? basename(file).replace(/\..*$/, ''),
    file,
    files: merged.files,
    state: absolutePath(shape.state, 'state', faults),
    ...{ sources, filters, exporters },
    ...{ guard: shape.guard, history: shape.history, schedule: shape.schedule },
    ...{ metrics: shape.metrics, notify: shape.notify },
    ...{ index: shape.index, serve: shape.serve },
    secrets: [...context.secrets],
    shown: shownConfig(context.shown),
    faultAt: (path, message) => faults.textOf(path, message),
  };
}

/** The parts of the config besides the stages. */
const SECTIONS = { ...OPERATION, ...LOOK_UP } as const;

/** The parts of the config besides the stages may hold paths and secrets too. */
function locatedSections(tree: Tree, context: OptionsContext): Tree {
  const sections = Object.entries(SECTIONS).flatMap(([name, schema]) => {
    const given = tree[name];
    if (!isTree(given)) return [];
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema;
    return [[name, locatedOptions(given, json, name, context)]];
  });
  return { ...tree, ...Object.fromEntries(sections) };
}

function checkShape(tree: Tree, { faults, replaced, shown }: OptionsContext): PipelineShape | undefined {
  const parsed = pipelineSchema.safeParse(tree);
  if (!parsed.success) {
    addIssues(faults, parsed.error.issues, { value: tree, path: [], knownAt: knownKeys, replaced, shown });
    return undefined;
  }
  for (const part of ['sources', 'exporters'] as const) {
    if (Object.keys(parsed.data[part]).length === 0) faults.add(part, 'is empty: a pipeline needs at least one');
  }
  return parsed.data;
}

/** Where the config as a whole is wrong, its sound stages are checked all the same, so that every fault is reported. */
function soundStages<Part extends keyof typeof stageSchemas>(tree: Tree, part: Part): PipelineShape[Part] {
  const stages = isTree(tree[part]) ? tree[part] : {};
  const sound = Object.entries(stages).flatMap(([id, stage]) => {
    const parsed = stageSchemas[part].safeParse(stage);
    return parsed.success ? [[id, parsed.data]] : [];
  });
  return Object.fromEntries(sound);
}

function knownKeys([part]: readonly PropertyKey[]): readonly string[] {
  if (part === undefined) return ['extends', ...Object.keys(pipelineSchema.shape)];
  if (typeof part === 'string' && part in SECTIONS) return SECTIONS[part as keyof typeof SECTIONS].keyof().options;
  return part === 'exporters' ? ['use', 'with', 'enabled', 'filters'] : ['use', 'with', 'enabled'];
}

type StageShape = PipelineShape['sources'][string];
type StageShapes = Readonly<Record<string, StageShape>>;

class StageLoader {
  readonly #file: string;
  readonly #program: string;
  readonly #context: OptionsContext;

  constructor(file: string, program: string, context: OptionsContext) {
    this.#file = file;
    this.#program = program;
    this.#context = context;
  }

  /** The enabled stages of one part of the config; those with a fault are left out. */
  async load(shapes: StageShapes, kind: PluginKind, path: string): Promise<StageConfig[]> {
    const stages: StageConfig[] = [];
    for (const [id, shape] of Object.entries(shapes)) {
      if (!shape.enabled) continue;
      const stage = await this.#stage(id, shape, kind, `${path}.${id}`);
      if (stage !== undefined) stages.push(stage);
    }
    return stages;
  }

  async exporters(shapes: PipelineShape['exporters']): Promise<ExporterConfig[]> {
    const exporters: ExporterConfig[] = [];
    for (const stage of await this.load(shapes, 'exporter', 'exporters')) {
      const filters = await this.load(shapes[stage.id]?.filters ?? {}, 'filter', `exporters.${stage.id}.filters`);
      const { dir, keep, check, maxRefused, places, afterPublish, ...options } = stage.options as ExporterOptions;
      exporters.push({ ...stage, options, dir, keep, check, maxRefused, places, afterPublish, filters });
    }
    return exporters;
  }

  async #stage(id: string, shape: StageShape, kind: PluginKind, path: string): Promise<StageConfig | undefined> {
    const { faults } = this.#context;
    const from = isPath(shape.use) ? faults.placeOf(`${path}.use`).file : this.#file;
    const resolved = await resolvePlugin(shape.use, kind, from, this.#program);
    if ('fault' in resolved) {
      const given = this.#context.replaced.has(`${path}.use`) ? [shape.use] : [];
      faults.add(`${path}.use`, redact(resolved.fault, given));
      return undefined;
    }
    const options = checkOptions(shape.with, resolved.plugin, `${path}.with`, this.#context);
    return options === undefined ? undefined : { id, resolved, options };
  }
}

function withoutSchemaKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSchemaKeys) as T;
  if (!isTree(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '$schema');
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutSchemaKeys(child)])) as T;
}

function refuseSharedFolders(exporters: readonly ExporterConfig[]): void {
  for (const { dir } of exporters) {
    const sharing = exporters.filter((exporter) => exporter.dir === dir).map(({ id }) => id);
    if (sharing.length > 1) throw pipelineError('OUTPUT_CLASH', { exporters: sharing, dir });
  }
}
