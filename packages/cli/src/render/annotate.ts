import type { AnnotationReport } from '@misp-pipeline/alerts';
import { plain } from './number.ts';

/** How many lines became what, one count a line. */
export function annotationText(report: AnnotationReport): string {
  return Object.entries(report)
    .map(([what, count]) => `${what.padEnd(10)}${plain(count)}`)
    .join('\n');
}
