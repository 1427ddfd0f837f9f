/** A rule and the validators that complain of values which are meant as they are. */
export interface Exclusion {
  readonly id: string;
  readonly validators: readonly string[];
}

const HEAD = `# For \`sigma check --validation-config sigma_check.yml rules\`, with the plugin sigmahq installed.
validators:
    - all
    # Old and new names of TLP labels exclude each other; the rules use the new ones.
    - -tlptag
    - -tlpv1_tag
    # Made for the public repository, where every rule is TLP:CLEAR.
    - -sigmahq_tags_tlp
    # These load lists from the internet. Where it can be reached, take the lines out: the rules pass.
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

/** Config for the validators of sigma-cli under which the rules draw no complaint. */
export function validationConfig(exclusions: readonly Exclusion[]): string {
  if (exclusions.length === 0) return HEAD;
  const lines = exclusions.map(({ id, validators }) => `    ${id}: [${validators.join(', ')}]\n`);
  return `${HEAD}# Values that contain \`*\` or \`?\`, differ in case only, or look like something else.\nexclusions:\n${lines.join('')}`;
}
