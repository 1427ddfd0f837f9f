/** Where something stands in a config file. */
export interface ConfigPlace {
  readonly file: string;
  /** 1-based; undefined when the file is a program and has no lines to point at. */
  readonly line: number | undefined;
}

/** One thing wrong with a config. All of them are reported at once. */
export interface ConfigFault {
  readonly place: ConfigPlace;
  /** Keys from the root, such as `sources.cert.with.url`; empty for the file as a whole. */
  readonly path: string;
  readonly message: string;
}

/** `file:line path: message` */
export function faultText({ place, path, message }: ConfigFault): string {
  const where = place.line === undefined ? place.file : `${place.file}:${place.line}`;
  return path === '' ? `${where} ${message}` : `${where} ${path}: ${message}`;
}

/** Thrown where a file cannot be used at all. */
export class ConfigFaultError extends Error {
  readonly fault: ConfigFault;

  constructor(fault: ConfigFault) {
    super(faultText(fault));
    this.fault = fault;
  }
}
