import {
  BATCH_SIZE,
  type Batch,
  type Indicator,
  type Intake,
  inject,
  injectable,
  Options,
  pipelineError,
  Services,
  type Source,
  type StageServices,
} from '@misp-pipeline/core';
import {
  AnswerParser,
  AttributeSearch,
  attributeRows,
  connect,
  DistinctAttributes,
  HttpError,
  Normaliser,
} from '@misp-pipeline/misp';
import type { MispOptions } from './options.ts';
import { PageMirror } from './page-mirror.ts';
import { searchBody } from './search-body.ts';

type Attributes = readonly unknown[];

/** Reads the attributes that a MISP server shows to a user, page by page. */
@injectable()
export class MispSource implements Source {
  readonly #options: MispOptions;
  readonly #services: StageServices;
  readonly #mirror: PageMirror;

  constructor(@inject(Options) options: MispOptions, @inject(Services) services: StageServices) {
    this.#options = options;
    this.#services = services;
    this.#mirror = new PageMirror(services.stateDir);
  }

  async *read(signal: AbortSignal, intake: Intake): AsyncGenerator<Batch> {
    const pages = this.#services.replay ? this.#mirrored() : this.#fetched(signal);
    const normaliser = this.#normaliser(intake);
    let batch: Indicator[] = [];
    for await (const attributes of pages) {
      for (const attribute of attributes) {
        normaliser.addAttribute(attribute, batch);
        if (batch.length < BATCH_SIZE) continue;
        signal.throwIfAborted();
        yield batch;
        batch = [];
      }
    }
    signal.throwIfAborted();
    if (batch.length > 0) yield batch;
  }

  #normaliser(intake: Intake): Normaliser {
    const { toIds, published, types, url } = this.#options;
    const base = url.endsWith('/') ? url : `${url}/`;
    return new Normaliser(
      {
        source: this.#services.id,
        toIds,
        published,
        types: types === undefined ? undefined : new Set(types),
        eventLink: ({ id, uuid }) => new URL(`events/view/${encodeURIComponent(id ?? uuid)}`, base).href,
      },
      intake,
    );
  }

  async *#fetched(signal: AbortSignal): AsyncGenerator<Attributes> {
    const { id, logger, now } = this.#services;
    try {
      const client = await connect(this.#options, logger);
      logger.info({ version: await client.getVersion(signal) }, 'the server answers');
      const { pageSize } = this.#options;
      const search = new AttributeSearch(client, searchBody(this.#options, now), { pageSize, logger });
      await this.#mirror.begin();
      for await (const { attributes, body } of search.pages(signal)) {
        const mirrored = this.#mirror.add(body);
        // Awaited below; until then a failure must not count as unhandled.
        mirrored.catch(() => {});
        yield attributes;
        await mirrored;
      }
      await this.#mirror.commit();
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      const code = error.kind === 'refused' ? 'SOURCE_REFUSED' : 'SOURCE_UNREACHABLE';
      throw pipelineError(code, { source: id, why: explained(error) }, error);
    }
  }

  async *#mirrored(): AsyncGenerator<Attributes> {
    const distinct = new DistinctAttributes();
    try {
      const parser = new AnswerParser();
      for await (const body of this.#mirror.bodies()) yield distinct.fresh(attributeRows(parser.parse(body)) ?? []);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
      const why = 'no earlier run has read it to the end, so there is nothing to repeat';
      throw pipelineError('SOURCE_UNREACHABLE', { source: this.#services.id, why });
    }
  }
}

function explained({ kind, message }: HttpError): string {
  if (kind === 'redirected') return `${message}; MISP does this while it is down for maintenance`;
  if (kind === 'untrusted') return `${message}; name its certificate authority in \`ca\` if it is your own`;
  return message;
}
