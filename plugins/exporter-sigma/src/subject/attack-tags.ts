/** ATT&CK tags of rules. A technique stands with all its tactics. */
export const COMMAND_AND_CONTROL = ['attack.command-and-control'];
export const OVER_DNS = [...COMMAND_AND_CONTROL, 'attack.t1071.004'];
export const OVER_WEB = [...COMMAND_AND_CONTROL, 'attack.t1071.001'];
export const INITIAL_ACCESS = ['attack.initial-access'];
export const EXECUTION = ['attack.execution', 'attack.t1204.002'];
export const PERSISTENCE = ['attack.persistence'];
