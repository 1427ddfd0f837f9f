import { type Fields, isRecord, listOf, textOf } from './fields.ts';

const NONE: readonly string[] = [];

/**
 * Names of the tags of an event, object or attribute. They are found in `Tag` (objects or bare names) and, in the
 * answers of some MISP controllers, one level deeper in `EventTag` or `AttributeTag`. When they are those of `last`, that
 * very list is the answer.
 */
export function tagNamesOf(holder: Fields, last: readonly string[] = NONE): readonly string[] {
  const { Tag, EventTag, AttributeTag } = holder;
  if (EventTag === undefined && AttributeTag === undefined) {
    if (Tag === undefined) return NONE;
    if (haveNames(Tag, last)) return last;
  }
  const names: string[] = [];
  for (const tag of listOf(Tag)) addName(tag, names);
  for (const link of listOf(EventTag)) if (isRecord(link)) addName(link.Tag, names);
  for (const link of listOf(AttributeTag)) if (isRecord(link)) addName(link.Tag, names);
  return names;
}

function haveNames(tags: unknown, names: readonly string[]): boolean {
  if (!Array.isArray(tags) || tags.length !== names.length) return false;
  for (let i = 0; i < names.length; i++) {
    const tag: unknown = tags[i];
    if (!isRecord(tag) || tag.name !== names[i]) return false;
  }
  return true;
}

const CONTROLS = /[\x00-\x1f\x7f]+/g;

/** Control characters in a name become blanks. */
function addName(tag: unknown, names: string[]): void {
  const name = textOf(isRecord(tag) ? tag.name : tag)
    .replace(CONTROLS, ' ')
    .trim();
  if (name !== '') names.push(name);
}

const TECHNIQUE = /^T\d{4}(?:\.\d{3})?$/;

/** ATT&CK technique ids that the galaxy clusters of an event or attribute carry in `meta.external_id`. */
export function galaxyTechniquesOf(holder: Fields): readonly string[] {
  if (holder.Galaxy === undefined) return NONE;
  return listOf(holder.Galaxy)
    .filter(isRecord)
    .flatMap((galaxy) => listOf(galaxy.GalaxyCluster))
    .filter(isRecord)
    .filter((cluster) => /attack-pattern|techniques/.test(textOf(cluster.type)))
    .flatMap((cluster) => externalIdsOf(cluster.meta))
    .filter((id) => TECHNIQUE.test(id));
}

function externalIdsOf(meta: unknown): readonly string[] {
  if (!isRecord(meta)) return NONE;
  return Array.isArray(meta.external_id) ? meta.external_id.map(textOf) : [textOf(meta.external_id)];
}
