import { type Fields, flagOf, isRecord, listOf } from '../fields.ts';

/**
 * The attributes of an event as events/restSearch answers it, in the form of attributes/restSearch: each with its event,
 * and with what it takes over from the object that holds it.
 */
export function attributesOf(event: Fields): readonly unknown[] {
  const { Attribute, Object: objects, ...Event } = event;
  const plain = listOf(Attribute).map((attribute) => (isRecord(attribute) ? { ...attribute, Event } : attribute));
  const inObjects = listOf(objects)
    .filter(isRecord)
    .flatMap((object) =>
      listOf(object.Attribute).map((attribute) =>
        isRecord(attribute) ? { ...attribute, Event, ...inherited(attribute, object) } : attribute,
      ),
    );
  return [...plain, ...inObjects];
}

function inherited(attribute: Fields, object: Fields): Fields {
  return {
    first_seen: attribute.first_seen ?? object.first_seen,
    last_seen: attribute.last_seen ?? object.last_seen,
    deleted: flagOf(object.deleted) === true ? true : attribute.deleted,
  };
}
