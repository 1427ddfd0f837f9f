import 'reflect-metadata';
import { container, type DependencyContainer, type InjectionToken, inject, injectable } from 'tsyringe';
import { Clock } from './clock.ts';
import { Logger } from './logger.ts';
import type { Plugin, PluginKind, StageOf, StageServices } from './plugin.ts';

export { inject, injectable };

/** Token of the stage's validated options. */
export const Options: InjectionToken<unknown> = Symbol.for('misp-pipeline.Options');

/** Token of what the engine gives the stage. */
export const Services: InjectionToken<StageServices> = Symbol.for('misp-pipeline.Services');

/** Token of the run's present. */
export const Now: InjectionToken<Date> = Symbol.for('misp-pipeline.Now');

const stageContainers = new WeakMap<StageServices, DependencyContainer>();

/** First level: what lives as long as the process. */
export function appContainer(values: { clock: Clock; logger: Logger }): DependencyContainer {
  const app = container.createChildContainer();
  app.register(Clock, { useValue: values.clock });
  app.register(Logger, { useValue: values.logger });
  return app;
}

/** Second level: what lives as long as one run. Nothing of an earlier run can be reached from it. */
export function runContainer(app: DependencyContainer): DependencyContainer {
  const run = app.createChildContainer();
  run.register(Now, { useValue: app.resolve(Clock).now() });
  return run;
}

/** Third level: builds one stage in a container of its own. */
export function buildStage<K extends PluginKind>(
  run: DependencyContainer,
  kind: K,
  plugin: Plugin,
  options: unknown,
  own: Pick<StageServices, 'id' | 'stateDir' | 'ids' | 'replay' | 'full'>,
): StageOf[K] {
  const services: StageServices = {
    ...own,
    logger: run.resolve(Logger).child({ stage: `${kind} ${own.id}` }),
    now: run.resolve(Now),
  };
  stageContainers.set(services, stageContainer(run, options, services));
  return (plugin.create as (options: unknown, services: StageServices) => StageOf[K])(options, services);
}

/**
 * Lets a class be a stage: `create: injected(TlpFilter)`. The class names what it wants by token, as in
 * `constructor(@inject(Options) options: TlpOptions, @inject(Services) services: StageServices)`.
 */
export function injected<T>(stageClass: new (...args: never[]) => T) {
  return (options: unknown, services: StageServices): T => {
    const stage = stageContainers.get(services) ?? stageContainer(container, options, services);
    return stage.resolve(stageClass as new () => T);
  };
}

function stageContainer(parent: DependencyContainer, options: unknown, services: StageServices): DependencyContainer {
  const stage = parent.createChildContainer();
  stage.register(Options, { useValue: options });
  stage.register(Services, { useValue: services });
  stage.register(Logger, { useValue: services.logger });
  return stage;
}
