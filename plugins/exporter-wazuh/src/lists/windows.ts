import { exactList } from '../cdb-list.ts';
import { addIntegrityRegistryKey, addSysmonRegistryKey } from '../keys/registry.ts';
import { addPipeKey, addProgramKey, addServiceKey } from '../keys/windows.ts';

export const REGISTRY = exactList({
  name: 'misp-registry',
  holds: 'registry keys and values as Sysmon writes them, each backslash twice',
  api: false,
  kinds: ['regkey'],
  addKeys: addSysmonRegistryKey,
});

export const REGISTRY_INTEGRITY = exactList({
  name: 'misp-registry-fim',
  holds: 'registry keys as file integrity monitoring reports them',
  api: false,
  kinds: ['regkey'],
  addKeys: addIntegrityRegistryKey,
});

export const PIPE = exactList({
  name: 'misp-pipe',
  holds: 'named pipes, with two backslashes before the name',
  api: false,
  kinds: ['named-pipe'],
  addKeys: addPipeKey,
});

export const PROGRAM = exactList({
  name: 'misp-program',
  holds: 'file names of programs',
  api: false,
  kinds: ['process-name'],
  addKeys: addProgramKey,
});

export const SERVICE = exactList({
  name: 'misp-service',
  holds: 'names of Windows services',
  api: false,
  kinds: ['service-name'],
  addKeys: addServiceKey,
});
