import { type Fields, HttpError, isRecord, type MispClient, textOf } from '@misp-pipeline/misp';
import type { SightingsOptions } from './options.ts';
import type { Verdict, Verdicts } from './verdicts.ts';

const SEEN = '0';
const FALSE_POSITIVE = '1';

type Choice = Pick<SightingsOptions, 'last' | 'organisations' | 'automatic'>;

/** Asks a server for the false positives, and for the true sightings of those attributes only, since these are many. */
export async function readSightings(client: MispClient, choice: Choice, signal: AbortSignal): Promise<Verdicts> {
  const ask = (path: string, body: object) => sightingsOf(client, path, body, signal);
  const { last } = choice;
  const rows = await ask('sightings/restSearch', { type: FALSE_POSITIVE, last, includeAttribute: 1 });
  const verdicts = new Map<string, Verdict>();
  for (const row of rows) {
    const uuid = attributeOf(row);
    if (textOf(row.type) !== FALSE_POSITIVE || !counts(row, choice)) continue;
    if (uuid === undefined)
      throw new HttpError('unexpected', '`sightings/restSearch` names no attributes of sightings');
    const known = verdicts.get(uuid);
    if (known !== undefined) {
      known.falsePositives++;
      continue;
    }
    const id = textOf(row.attribute_id);
    const seen = await ask('sightings/restSearch/attribute', { id, type: SEEN, last });
    const trueOnes = seen.filter(
      (one) =>
        textOf(one.attribute_id) === id &&
        textOf(one.type) === SEEN &&
        counts(one, choice) &&
        !isAutomatic(one, choice),
    );
    verdicts.set(uuid, { falsePositives: 1, trueOnes: trueOnes.length });
  }
  return verdicts;
}

async function sightingsOf(client: MispClient, path: string, body: object, signal: AbortSignal): Promise<Fields[]> {
  const { document } = await client.post(path, { returnFormat: 'json', ...body }, { signal });
  if (!isRecord(document) || !Array.isArray(document.response))
    throw new HttpError('invalid', `\`${path}\` answered 200, and no list of sightings`);
  return document.response.flatMap((row) => (isRecord(row) && isRecord(row.Sighting) ? [row.Sighting] : []));
}

function attributeOf({ Attribute: attribute }: Fields): string | undefined {
  const uuid = isRecord(attribute) ? textOf(attribute.uuid) : '';
  return uuid === '' ? undefined : uuid.toLowerCase();
}

function counts({ Organisation: organisation }: Fields, { organisations }: Choice): boolean {
  if (organisations === undefined) return true;
  if (!isRecord(organisation)) return false;
  return organisations.includes(textOf(organisation.name)) || organisations.includes(textOf(organisation.uuid));
}

/** A detection that is wrong is seen by machines again and again. */
function isAutomatic({ source }: Fields, { automatic }: Choice): boolean {
  return automatic.some((beginning) => textOf(source).startsWith(beginning));
}
