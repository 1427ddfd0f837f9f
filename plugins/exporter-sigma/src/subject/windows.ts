import type { Indicator } from '@misp-pipeline/core';
import { type Also, type Leaf, nameEnding } from '../rule/selection.ts';
import { COMMAND_AND_CONTROL, PERSISTENCE } from './attack-tags.ts';
import { PIPE_CREATED_WINDOWS, REGISTRY_EVENT_WINDOWS, SECURITY_WINDOWS, SYSTEM_WINDOWS } from './log-source.ts';
import type { Subject } from './subject.ts';

/** Keys and values of the registry, when they are made, set, renamed or deleted. */
export const REGISTRY_KEY: Subject = {
  id: 'registry_key',
  kinds: ['regkey'],
  includes: () => true,
  leaves: registryLeaves,
  places: [
    {
      logSource: REGISTRY_EVENT_WINDOWS,
      field: 'TargetObject',
      dataField: 'Details',
      title: 'Registry Event with MISP Listed Key',
      detects: 'changes of registry keys or values',
      tags: PERSISTENCE,
    },
  ],
  falsePositives: 'Legitimate software that uses the same key',
};

/**
 * `key` is compared whole: nothing below it is meant. `key|data` is a value with what it is set to. Sysmon writes the
 * hive of a user as `HKU\` and the user's SID.
 */
function registryLeaves({ value }: Indicator): readonly Leaf[] {
  const bar = value.indexOf('|');
  const key = bar < 0 ? value : value.slice(0, bar);
  const data = bar < 0 ? undefined : value.slice(bar + 1);
  if (!/^[^\\]+\\./.test(key) || data === '') return [];
  const ending = data === undefined ? '' : `_${nameEnding(data)}`;
  const also: readonly Also[] = data === undefined ? [] : [{ role: 'data', modifier: '', value: data }];
  if (!key.toUpperCase().startsWith('HKCU\\')) return [{ name: `key${ending}`, modifier: '', value: key, also }];
  const ofUser: Also = { role: 'value', modifier: '|startswith', value: 'HKU\\' };
  const belowUser = key.slice('HKCU'.length);
  return [{ name: `user_key${ending}`, modifier: '|endswith', value: belowUser, also: [ofUser, ...also] }];
}

/** Named pipes, when they are made or connected to. */
export const NAMED_PIPE: Subject = {
  id: 'named_pipe',
  kinds: ['named-pipe'],
  includes: () => true,
  leaves: pipeLeaves,
  places: [
    {
      logSource: PIPE_CREATED_WINDOWS,
      field: 'PipeName',
      title: 'Named Pipe with MISP Listed Name',
      detects: 'pipes with names',
      tags: COMMAND_AND_CONTROL,
    },
  ],
  falsePositives: 'Legitimate software with a pipe of the same name',
};

/** Sysmon writes `\name` for `\\.\pipe\name`. */
function pipeLeaves({ value }: Indicator): readonly Leaf[] {
  const name = value.replace(/^\\+(?:\.\\+)?(?:pipe\\+)?/i, '');
  return name === '' ? [] : [{ name: 'value', modifier: '', value: `\\${name}` }];
}

/** Windows services, when they are installed. */
export const SERVICE_NAME: Subject = {
  id: 'service_name',
  kinds: ['service-name'],
  includes: () => true,
  leaves: ({ value }) => [{ name: 'value', modifier: '', value }],
  places: [
    {
      logSource: SYSTEM_WINDOWS,
      field: 'ServiceName',
      fixed: { Provider_Name: 'Service Control Manager', EventID: 7045 },
      title: 'Service Installation with MISP Listed Name',
      detects: 'services installed with names',
      tags: PERSISTENCE,
    },
    {
      logSource: SECURITY_WINDOWS,
      field: 'ServiceName',
      fixed: { EventID: 4697 },
      title: 'Audited Service Installation with MISP Listed Name',
      detects: 'audited installations of services with names',
      tags: PERSISTENCE,
    },
  ],
  falsePositives: 'A legitimate service of the same name',
};
