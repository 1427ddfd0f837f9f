import type { InjectionToken } from 'tsyringe';

export interface Clock {
  now(): Date;
}

export const Clock: InjectionToken<Clock> = Symbol.for('misp-pipeline.Clock');

export const systemClock: Clock = { now: () => new Date() };
