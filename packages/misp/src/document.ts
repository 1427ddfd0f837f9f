import { type Fields, isRecord, listOf } from './fields.ts';

/** What a JSON document holds. */
export interface DocumentContent {
  readonly events: readonly Fields[];
  /** Attributes that bring their event along, as attributes/restSearch answers them. */
  readonly attributes: readonly unknown[];
}

const DEEPEST = 4; // a list of answers that hold lists of wrapped events

/**
 * Finds the events of a document in any of the shapes that MISP, PyMISP and publishers of feeds write: `{Event}`,
 * `{response: [{Event}, ..]}`, `{response: {Event}}`, `{response: {Attribute: [..]}}`, a bare event, or a list of these.
 */
export function contentOf(document: unknown): DocumentContent {
  const events: Fields[] = [];
  const attributes: unknown[] = [];
  const visit = (node: unknown, depth: number): void => {
    if (depth > DEEPEST) return;
    if (Array.isArray(node)) for (const member of node) visit(member, depth + 1);
    if (!isRecord(node)) return;
    if (isRecord(node.Event)) events.push(node.Event);
    else if (node.response !== undefined) visit(node.response, depth + 1);
    else if (isAttributePage(node)) for (const attribute of listOf(node.Attribute)) attributes.push(attribute);
    else if (node.Attribute !== undefined || node.Object !== undefined) events.push(node);
  };
  visit(document, 0);
  return { events, attributes };
}

function isAttributePage(node: Fields): boolean {
  if (node.info !== undefined) return false;
  return listOf(node.Attribute).some((attribute) => isRecord(attribute) && isRecord(attribute.Event));
}
