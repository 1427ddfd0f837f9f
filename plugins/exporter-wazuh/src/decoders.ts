/**
 * A child of the stock JSON decoder for Suricata 8, whose DNS events hold their names in a list of objects, which
 * Wazuh keeps as one text. First the stock plugin, which empties the event's fields; then a sibling that adds the name
 * of the first query. A child without prematch, as this one has to be so that other JSON is decoded as before, is the
 * last that is tried.
 */
export const SURICATA_DNS_DECODER = String.raw`<!--
  Written by misp-pipeline. Needed only for the DNS events of Suricata 8, and for DNS in alerts of Suricata 7.
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
`;
