import { z } from 'zod';
import { filePath } from '../secret.ts';
import { isPlainPath } from './pattern.ts';

const relative = z.string().refine(isPlainPath, 'a path below the generation, without `..` or a leading `/`');

const account = z.union([z.string().min(1), z.int().min(0)]);

/** What becomes of a placed file's own derived files: `{file}` is the name of the placed file. */
const companion = z
  .string()
  .regex(/^[^/\0]*\{file\}[^/\0]*$/, 'a name with `{file}` in it, such as `{file}.cdb`')
  .refine((name) => name !== '{file}', 'this is the placed file itself');

const place = z
  .strictObject({
    to: filePath().optional().describe('Folder of the engine to copy files into; its parent has to exist.'),
    archive: filePath()
      .refine((path) => path.endsWith('.tar.gz'), 'the name of an archive ends in `.tar.gz`')
      .optional()
      .describe('File to pack the files into instead, ending in `.tar.gz`; its checksum stands in `<archive>.md5`.'),
    files: z
      .array(relative)
      .min(1)
      .default(['**'])
      .describe('Which files of the generation: `*` is any text within a name, `**` is any folders.'),
    strip: relative.optional().describe('Leading folder that is left out of the placed paths, such as `lists`.'),
    owner: account.optional().describe('User that gets the files, by name or number; needs root.'),
    group: account.optional().describe('Group that gets the files, by name or number.'),
    mode: z
      .string('write the mode as text in quotes, such as `"0640"`')
      .regex(/^0?[0-7]{3}$/, 'three octal digits, such as `0640`')
      .default('0644')
      .describe('Permissions of the files, octal, in quotes; new folders can also be entered by those who can read.'),
    overwrite: z
      .boolean()
      .default(false)
      .describe('Take over files that something else put there; they are kept as `<file>.before-misp-pipeline`.'),
    remove: z
      .array(companion)
      .default([])
      .describe('Files beside a placed one that must go when it changes, such as `{file}.cdb`.'),
  })
  .refine(({ to, archive }) => (to === undefined) !== (archive === undefined), 'give either `to` or `archive`');

/** Where the files of an exporter are placed besides its generations. */
export const placeOptions = z.array(place).default([]);

export type Place = z.output<typeof place>;

/** How a place is called in reports and errors: its folder or its archive. */
export function placeName({ to, archive }: Place): string {
  return to ?? archive ?? '';
}
