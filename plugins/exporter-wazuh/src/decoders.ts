/** Fields that the decoders add. */
export const ADDED_FIELDS: readonly string[] = ['misp.dns_query', 'misp.mail_to'];

/**
 * Children of the stock JSON decoder for Suricata 8, whose DNS events hold their names in a list of objects, which
 * Wazuh keeps as one text, and for the recipients of mail, which are a list in Suricata and Zeek. First the stock plugin,
 * which empties the event's fields; then siblings that add the name of the first query and the first recipient. A child without prematch, as this one has to be so that other JSON is decoded as before, is the
 * last that is tried.
 */
export const JSON_DECODERS = String.raw`<!--
  Written by misp-pipeline. Needed only for the DNS events of Suricata 8, for DNS in alerts of Suricata 7, and for
  recipients of mail.
  Decoders of your own whose parent is "json" have to stand in files whose names sort before this one.
-->
<decoder name="misp-pipeline-json">
  <parent>json</parent>
  <plugin_decoder>JSON_Decoder</plugin_decoder>
</decoder>

<decoder name="misp-pipeline-json">
  <parent>json</parent>
  <regex type="pcre2">"quer(?:ies|y)":\[\{[^\]]*?"rrname":"([^"]+)"</regex>
  <order>misp.dns_query</order>
</decoder>

<decoder name="misp-pipeline-json">
  <parent>json</parent>
  <regex type="pcre2">"rcpt_?to":\["(?:\x3c)?([^"\x3c\x3e]+)</regex>
  <order>misp.mail_to</order>
</decoder>
`;
