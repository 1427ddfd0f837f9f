import type { Indicator, Intake, RejectedRecord } from '@misp-pipeline/core';
import { contentOf } from './document.ts';
import { isRecord, textOf } from './fields.ts';
import { Normaliser, type NormaliserOptions } from './normaliser.ts';
import { attributesOf } from './rest/event-attributes.ts';

/** The attributes of a document, in any shape: those that a run makes indicators of, and those that it leaves. */
export interface SortedAttributes {
  readonly taken: readonly RejectedRecord[];
  readonly left: readonly RejectedRecord[];
}

/** What a run with these options would do with the attributes of a document. */
export function sortAttributes(document: unknown, options: NormaliserOptions): SortedAttributes {
  const taken: RejectedRecord[] = [];
  const left: RejectedRecord[] = [];
  const normaliser = new Normaliser(options, intakeOf(left));
  const { events, attributes } = contentOf(document);
  for (const attribute of [...events.flatMap(attributesOf), ...attributes]) {
    const indicators: Indicator[] = [];
    normaliser.addAttribute(attribute, indicators);
    const origin = indicators[0]?.origins[0];
    if (origin === undefined) continue;
    const value = isRecord(attribute) ? textOf(attribute.value).trim() : '';
    taken.push({ value, place: `event ${origin.event.uuid} attribute ${origin.attribute}` });
  }
  return { taken, left };
}

/** Hears what is rejected, and nothing else: what else was said of the document stands in the report of its own run. */
function intakeOf(rejected: RejectedRecord[]): Intake {
  return {
    reject(_reason, record) {
      rejected.push(record);
    },
    read() {},
    problem() {},
    sync() {},
    asOf() {},
    withdrawn() {},
  };
}
