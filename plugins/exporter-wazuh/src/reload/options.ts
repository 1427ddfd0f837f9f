import { filePath, secret, z } from '@misp-pipeline/core';

const api = z.strictObject({
  url: z
    .string()
    .refine(isApiUrl, 'write the address of the API, such as `https://wazuh.example.org:55000`, without user and query')
    .describe('Address of the API.'),
  user: z
    .string()
    .regex(/^[^:\s]+$/)
    .describe('Name of a user of the API who may read and change lists, rules and decoders, and reload the manager.'),
  password: secret().describe('Password of that user.'),
  ca: filePath().optional().describe('File of certificates in PEM that are trusted instead of those of the system.'),
  verifyTls: z.boolean().default(true).describe('Refuse an API whose certificate is not trusted.'),
  cluster: z.boolean().default(false).describe('Whether all nodes of a cluster are told, not only this manager.'),
  decoders: z
    .boolean()
    .default(true)
    .describe('Whether decoders are uploaded too; switch it off when they stand in a file of your own.'),
  logtest: z
    .boolean()
    .default(true)
    .describe('Whether a log line with a listed value is tried afterwards, which a rule has to take.'),
  timeout: z.number().positive().max(3600).default(120).describe('Seconds that one request may take.'),
  wait: z
    .number()
    .positive()
    .max(3600)
    .default(180)
    .describe('Seconds that a restart may take, and the files on their way to the nodes of a cluster.'),
});

const local = z.strictObject({
  home: filePath().default('/var/ossec').describe('Folder of the manager, in which the published files already lie.'),
  check: z
    .array(z.string().min(1))
    .min(1)
    .default(['/var/ossec/bin/wazuh-analysisd', '-t'])
    .describe('Command that checks the files in the folder of the manager.'),
  restart: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe(
      'Command that restarts the manager, such as `[/var/ossec/bin/wazuh-control, restart]`; left out, it reloads by its socket, which it knows since 4.13.',
    ),
  timeout: z.number().positive().max(3600).default(120).describe('Seconds that each step may take.'),
});

/** How a manager is told to take what is published. */
export const wazuhReload = z
  .strictObject({
    api: api.optional().describe('A manager that is told by its API, which gets the files too.'),
    local: local.optional().describe('A manager on this machine that has the files already.'),
  })
  .refine((options) => (options.api === undefined) !== (options.local === undefined), 'name either `api` or `local`')
  .describe('How a manager takes what was published, and says that it did; left out, none is told.');

export type WazuhReload = z.output<typeof wazuhReload>;
export type ApiReload = z.output<typeof api>;
export type LocalReload = z.output<typeof local>;

function isApiUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return /^https?:$/.test(protocol) && `${username}${password}${search}${hash}` === '';
}
