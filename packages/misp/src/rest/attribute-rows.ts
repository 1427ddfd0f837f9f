import { isRecord } from '../fields.ts';

/** The rows of an answer to an attribute search, or undefined for another document. */
export function attributeRows(document: unknown): readonly unknown[] | undefined {
  const response = isRecord(document) ? document.response : undefined;
  const rows = isRecord(response) ? response.Attribute : undefined;
  return Array.isArray(rows) ? rows : undefined;
}
