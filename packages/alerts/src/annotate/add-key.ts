import { ANNOTATION_KEY, type Annotation } from './annotation.ts';

/**
 * A line of JSON with the annotation as last key of its object; everything else stays byte for byte as it came. The
 * line must be an object that is not empty.
 */
export function withAnnotation(line: string, annotation: Annotation): string {
  const end = line.lastIndexOf('}');
  return `${line.slice(0, end)},"${ANNOTATION_KEY}":${lineOf(annotation)}${line.slice(end)}`;
}

/** Whether a line is this one, with an annotation or without. */
export function isWritten(written: string, line: string): boolean {
  return written === line || written.startsWith(`${line.slice(0, line.lastIndexOf('}'))},"${ANNOTATION_KEY}":{`);
}

/** JSON without characters that could steer a terminal, or that some readers take for the end of a line. */
function lineOf(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\x7f-\x9f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
