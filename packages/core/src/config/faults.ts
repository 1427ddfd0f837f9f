import { redact } from '../secret.ts';
import { type ConfigFault, type ConfigPlace, faultText } from './fault.ts';

/** The faults of one config, and where its keys stand. */
export class Faults {
  readonly #file: string;
  readonly #places: ReadonlyMap<string, ConfigPlace>;
  readonly #faults: ConfigFault[] = [];

  constructor(file: string, places: ReadonlyMap<string, ConfigPlace>) {
    this.#file = file;
    this.#places = places;
  }

  get any(): boolean {
    return this.#faults.length > 0;
  }

  add(path: string, message: string): void {
    this.#faults.push({ place: this.placeOf(path), path, message });
  }

  /** A fault that is told by itself, since it shows only when the config is used. */
  textOf(path: string, message: string): string {
    return faultText({ place: this.placeOf(path), path, message });
  }

  has(path: string): boolean {
    return this.#faults.some((fault) => fault.path === path);
  }

  /** The place of a key, or of the nearest key above it that the files mention. */
  placeOf(path: string): ConfigPlace {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const place = this.#places.get(at);
      if (place !== undefined) return place;
    }
    return { file: this.#file, line: undefined };
  }

  /** One line for each fault, without any of the secrets. */
  texts(secrets: Iterable<string>): string[] {
    const hidden = [...secrets];
    return [...new Set(this.#faults.map(faultText))].map((text) => redact(text, hidden));
  }
}
