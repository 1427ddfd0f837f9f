import { filePath, z } from '@misp-pipeline/core';
import { ACTIONS, GROUP_NAMES } from './groups.ts';
import { MATCHES } from './hit.ts';
import { serverListOptions } from './server/options.ts';

const action = z.enum(ACTIONS);
const rule = z.union([action, z.partialRecord(z.enum(MATCHES), action)]);

const policy = z.strictObject({
  groups: z
    .partialRecord(z.enum(GROUP_NAMES), rule)
    .default({})
    .describe('Changes to the rules of groups of lists: one action, or an action for each kind of match.'),
  lists: z
    .record(z.string(), z.union([rule, z.enum(GROUP_NAMES)]))
    .default({})
    .describe(
      'Rules of single lists by short name, which go before the rule of their group, or the group to put a list into.',
    ),
});

const origins = z.strictObject({
  path: z
    .union([filePath(), z.array(filePath()).min(1)])
    .optional()
    .describe('Folder in the layout of MISP/misp-warninglists, folder of list files, list file, or several of these.'),
  server: serverListOptions
    .optional()
    .describe('MISP server whose warninglists to use, instead of `path`; copies are kept in the state folder.'),
  only: z
    .array(z.string().min(1))
    .min(1)
    .default(['*'])
    .describe('Short names of the lists to use, with `*` for any text.'),
  except: z
    .array(z.string().min(1))
    .default([])
    .describe('Short names of lists to leave out although `only` names them, with `*` for any text.'),
  policy: policy
    .prefault({})
    .describe('What a match does: `drop` the indicator, `tag` it with the list, or `keep` it as it is.'),
});

export const options = origins.superRefine(({ path, server }, issues) => {
  if ((path === undefined) !== (server === undefined)) return;
  const message =
    path === undefined
      ? 'name the lists: in `path` (files), or in `server` (a MISP server that has them)'
      : '`path` and `server` are two origins of the lists; keep one of them';
  issues.addIssue({ code: 'custom', message });
});

export type WarninglistOptions = z.output<typeof options>;
