import { basename, dirname, isAbsolute, resolve } from 'node:path';
import { pipelineError } from '../errors.ts';
import type { PluginKind } from '../plugin.ts';
import { isPath, type ResolvedPlugin, resolvePlugin } from '../plugins/resolve.ts';
import { redact } from '../secret.ts';
import type { ExporterConfig, PipelineConfig, StageConfig } from './config.ts';
import { type ConfigFault, ConfigFaultError, type ConfigPlace, faultText } from './fault.ts';
import { interpolate } from './interpolate.ts';
import { faultsOf } from './issues.ts';
import { isTree, readMerged, type Tree } from './layer.ts';
import { mapMarked, optionsJsonSchema, optionsSchema } from './options.ts';
import { type PipelineShape, pipelineSchema } from './schema.ts';

export interface LoadOptions {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** A file of the program, from which its own plugins can be resolved. */
  readonly program: string;
}

/** Loads a config file. Throws CONFIG_INVALID with every fault at once, each with file, line and path. */
export async function loadConfig(file: string, options: LoadOptions): Promise<PipelineConfig> {
  try {
    return await new ConfigLoader(file, options).load();
  } catch (error) {
    if (error instanceof ConfigFaultError) throw pipelineError('CONFIG_INVALID', { faults: [faultText(error.fault)] });
    throw error;
  }
}

type StageShape = PipelineShape['sources'][string];

class ConfigLoader {
  readonly #file: string;
  readonly #options: LoadOptions;
  readonly #faults: ConfigFault[] = [];
  readonly #secrets = new Set<string>();
  #places: ReadonlyMap<string, ConfigPlace> = new Map();
  #replaced: ReadonlySet<string> = new Set();
  #shown: Tree = {};

  constructor(file: string, options: LoadOptions) {
    this.#file = resolve(file);
    this.#options = options;
  }

  async load(): Promise<PipelineConfig> {
    const merged = await readMerged(this.#file);
    this.#places = merged.places;
    const { tree, faults, replaced } = interpolate(merged.tree, this.#options.env, (path) => this.#placeOf(path));
    this.#faults.push(...faults);
    this.#replaced = replaced;
    const clean = withoutSchemaKeys(tree);
    this.#shown = structuredClone(clean);
    const shape = this.#shape(clean);
    if (shape === undefined) return this.#fail();
    const sources = await this.#stages(shape.sources, 'source', 'sources');
    const filters = await this.#stages(shape.filters, 'filter', 'filters');
    const exporters = await this.#exporters(shape.exporters);
    if (this.#faults.length > 0) return this.#fail();
    refuseSharedFolders(exporters);
    return {
      name: shape.name ?? basename(this.#file).replace(/\..*$/, ''),
      file: this.#file,
      files: merged.files,
      state: this.#absolute(shape.state, 'state'),
      sources,
      filters,
      exporters,
      secrets: [...this.#secrets],
      shown: this.#shown,
    };
  }

  #fail(): never {
    const faults = [...new Set(this.#faults.map(faultText))].map((text) => redact(text, this.#secrets));
    throw pipelineError('CONFIG_INVALID', { faults });
  }

  #shape(tree: Tree): PipelineShape | undefined {
    const parsed = pipelineSchema.safeParse(tree);
    if (parsed.success) {
      for (const part of ['sources', 'exporters'] as const) {
        if (Object.keys(parsed.data[part]).length === 0) this.#fault(part, 'is empty: a pipeline needs at least one');
      }
      return parsed.data;
    }
    const known = (path: readonly PropertyKey[]) =>
      path.length === 0
        ? Object.keys(pipelineSchema.shape)
        : ['use', 'with', 'enabled', ...(path[0] === 'exporters' ? ['filters'] : [])];
    this.#faults.push(...faultsOf(parsed.error.issues, tree, [], (path) => this.#placeOf(path), known));
    return undefined;
  }

  async #stages(shapes: Readonly<Record<string, StageShape>>, kind: PluginKind, path: string): Promise<StageConfig[]> {
    const stages: StageConfig[] = [];
    for (const [id, shape] of Object.entries(shapes)) {
      if (!shape.enabled) continue;
      const stage = await this.#stage(id, shape, kind, `${path}.${id}`);
      if (stage !== undefined) stages.push(stage);
    }
    return stages;
  }

  async #exporters(shapes: PipelineShape['exporters']): Promise<ExporterConfig[]> {
    const exporters: ExporterConfig[] = [];
    for (const [id, shape] of Object.entries(shapes)) {
      if (!shape.enabled) continue;
      const stage = await this.#stage(id, shape, 'exporter', `exporters.${id}`);
      const filters = await this.#stages(shape.filters, 'filter', `exporters.${id}.filters`);
      if (stage === undefined) continue;
      const { dir, keep, ...options } = stage.options as { dir: string; keep: number };
      exporters.push({ ...stage, options, dir, keep, filters });
    }
    return exporters;
  }

  async #stage(id: string, shape: StageShape, kind: PluginKind, path: string): Promise<StageConfig | undefined> {
    const usePath = `${path}.use`;
    const from = isPath(shape.use) ? this.#placeOf(usePath).file : this.#file;
    const resolved = await resolvePlugin(shape.use, kind, from, this.#options.program);
    if ('fault' in resolved) {
      this.#fault(usePath, resolved.fault);
      return undefined;
    }
    const options = this.#checkOptions(shape.with, resolved, `${path}.with`);
    return options === undefined ? undefined : { id, resolved, options };
  }

  #checkOptions(given: Tree, { plugin }: ResolvedPlugin, path: string): unknown {
    const json = optionsJsonSchema(plugin);
    const located = mapMarked(given, json, 'path', (text, below) => this.#absolute(text, `${path}.${below}`));
    mapMarked(given, json, 'secret', (text, below) => {
      const unresolved = this.#faults.some((fault) => fault.path === `${path}.${below}`);
      if (!unresolved) this.#secrets.add(text);
      mask(this.#shown, `${path}.${below}`.split('.'));
      return text;
    });
    const schema = optionsSchema(plugin);
    const first = schema.safeParse(located);
    const parsed = first.success ? first : schema.safeParse(this.#coerced(located as Tree, first.error.issues, path));
    if (parsed.success) return parsed.data;
    const known = (below: readonly PropertyKey[]) => Object.keys(propertiesAt(json, below));
    this.#faults.push(...faultsOf(parsed.error.issues, located, path.split('.'), (at) => this.#placeOf(at), known));
    return undefined;
  }

  /** A placeholder always yields text; where a number or a switch belongs, that text is read as one. */
  #coerced(options: Tree, issues: readonly { code: string; path: PropertyKey[] }[], path: string): Tree {
    const copy = structuredClone(options);
    for (const { code, path: below } of issues) {
      if (code !== 'invalid_type' || !this.#replaced.has([path, ...below].join('.'))) continue;
      const key = below.at(-1);
      const parent = below.slice(0, -1).reduce<unknown>((at, part) => (at as Tree)[String(part)], copy);
      const text = isTree(parent) && key !== undefined ? parent[String(key)] : undefined;
      if (typeof text === 'string' && /^(true|false|-?\d+(\.\d+)?)$/.test(text))
        (parent as Tree)[String(key)] = JSON.parse(text);
    }
    return copy;
  }

  #absolute(path: string, at: string): string {
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(path) || isAbsolute(path)) return path;
    return resolve(dirname(this.#placeOf(at).file), path);
  }

  #fault(path: string, message: string): void {
    this.#faults.push({ place: this.#placeOf(path), path, message });
  }

  /** The place of the nearest key above that the files mention. */
  #placeOf(path: string): ConfigPlace {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const place = this.#places.get(at);
      if (place !== undefined) return place;
    }
    return { file: this.#file, line: undefined };
  }
}

function withoutSchemaKeys<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutSchemaKeys) as T;
  if (!isTree(value)) return value;
  const entries = Object.entries(value).filter(([key]) => key !== '$schema');
  return Object.fromEntries(entries.map(([key, child]) => [key, withoutSchemaKeys(child)])) as T;
}

function propertiesAt(
  schema: Readonly<Record<string, unknown>>,
  path: readonly PropertyKey[],
): Record<string, unknown> {
  let at: Record<string, unknown> = schema;
  for (const key of path) {
    const properties = (at.properties ?? {}) as Record<string, Record<string, unknown>>;
    at =
      properties[String(key)] ??
      ((typeof key === 'number' ? at.items : at.additionalProperties) as Record<string, unknown>) ??
      {};
  }
  return (at.properties ?? {}) as Record<string, unknown>;
}

function mask(tree: Tree, path: readonly string[]): void {
  const parent = path.slice(0, -1).reduce<unknown>((at, key) => (at as Tree | undefined)?.[key], tree);
  const key = path.at(-1);
  if (typeof parent === 'object' && parent !== null && key !== undefined && key in parent)
    (parent as Tree)[key] = '***';
}

function refuseSharedFolders(exporters: readonly ExporterConfig[]): void {
  for (const { dir } of exporters) {
    const sharing = exporters.filter((exporter) => exporter.dir === dir).map(({ id }) => id);
    if (sharing.length > 1) throw pipelineError('OUTPUT_CLASH', { exporters: sharing, dir });
  }
}
