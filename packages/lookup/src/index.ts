export type {
  KnownArtefact,
  KnownIndicator,
  KnownOrigin,
  LookupIndex,
  Match,
  Query,
  Relation,
  Snapshot,
  Stopped,
} from './known.ts';
