/** A rule and the validators that complain of what is meant as it is. */
export interface Exclusion {
  readonly id: string;
  readonly validators: readonly string[];
}

const HEAD = `validators:
    - all
    # Old and new names of TLP labels exclude each other; the rules use the new ones.
    - -tlptag
    - -tlpv1_tag
`;

/** They load lists when they are started: SigmaHQ's taxonomy, ATT&CK, D3FEND. */
const ONLINE_VALIDATORS = `    # These load lists from the internet; sigma_check_online.yml has them.
    - -attacktag
    - -d3_fendtag
    - -sigmahq_category_event_id
    - -sigmahq_category_windows_provider_name
    - -sigmahq_fieldname_cast
    - -sigmahq_filename_prefix
    - -sigmahq_invalid_fieldname
    - -sigmahq_logsource_unknown
    - -sigmahq_redundant_field
    - -sigmahq_tags_techniques_without_tactics
`;

/** Configs for the validators of sigma-cli under which the rules draw no complaint, by file name. */
export function validationConfigs(exclusions: readonly Exclusion[]): Readonly<Record<string, string>> {
  const lines = exclusions.map(({ id, validators }) => `    ${id}: [${validators.join(', ')}]\n`);
  const excluded =
    lines.length === 0
      ? ''
      : `# Values that contain \`*\` or \`?\`, differ in case only or look like something else; labels other than TLP:CLEAR,
# which the public repository does not take; the style of rules that others wrote.
exclusions:
${lines.join('')}`;
  return {
    'sigma_check.yml': `${usage('sigma_check.yml')}${HEAD}${ONLINE_VALIDATORS}${excluded}`,
    'sigma_check_online.yml': `${usage('sigma_check_online.yml')}${HEAD}${excluded}`,
  };
}

function usage(file: string): string {
  return `# For \`sigma check --validation-config ${file} rules\`, with the plugin sigmahq installed.\n`;
}
