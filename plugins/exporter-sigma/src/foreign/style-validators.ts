/**
 * Validators that judge the style of a detection, its log source and its tags, which are their author's in a rule that
 * somebody shared. What makes a rule wrong, such as a look-around or a search that the condition does not name, is not
 * among them.
 */
export const STYLE_VALIDATORS: readonly string[] = [
  'all_of_them_condition',
  'attacktag',
  'double_wildcard',
  'escaped_wildcard',
  'number_as_string',
  'sigmahq_category_event_id',
  'sigmahq_category_windows_provider_name',
  'sigmahq_field_duplicate_value',
  'sigmahq_field_user',
  'sigmahq_fieldname_cast',
  'sigmahq_filename_prefix',
  'sigmahq_invalid_fieldname',
  'sigmahq_invalid_hash_kv',
  'sigmahq_logsource_unknown',
  'sigmahq_missing_asterisk_condition',
  'sigmahq_ofselection_condition',
  'sigmahq_ofthem_condition',
  'sigmahq_redundant_field',
  'sigmahq_space_field_name',
  'sigmahq_sysmon_missing_eventid',
  'sigmahq_tags_techniques_without_tactics',
  'sigmahq_tags_tlp',
  'specific_instead_of_generic_logsource',
  'them_condition_with_single_detection',
  'wildcards_instead_of_modifiers',
];
