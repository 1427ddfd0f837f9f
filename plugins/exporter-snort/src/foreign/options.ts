import type { SnortVersion } from '../options.ts';

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Options that say nothing about traffic. Ours take their place. */
export const CONTEXT = words('msg reference gid sid rev classtype priority metadata rem');

/**
 * Options of both Snorts that look at traffic and do nothing else. What writes (`logto`, `session`), answers (`resp`,
 * `react`, `replace`), reads files, or reaches into other rules and flows (`flowbits`, `stream_reassemble`, `tag`) is left
 * out, and so is what both have in different syntax.
 */
const OF_BOTH = words(`
  content pcre isdataat byte_test byte_jump byte_extract file_data pkt_data base64_decode base64_data dsize flags flow
  ack fragbits icmp_id icmp_seq icode id ip_proto ipopts itype seq tos ttl window ssl_state ssl_version detection_filter
`);

/** Parts of HTTP: options behind a `content` in Snort 2, options in front of one in Snort 3. */
export const HTTP_BUFFERS = words(`
  http_client_body http_cookie http_header http_method http_raw_cookie http_raw_header http_raw_uri http_stat_code
  http_stat_msg http_uri
`);

export const ONLY: Record<SnortVersion, ReadonlySet<string>> = {
  2: words('nocase offset depth distance within fast_pattern rawbytes uricontent urilen threshold'),
  3: words(`
    bufferlen raw_data js_data vba_data http_param http_raw_body http_raw_request http_raw_status http_true_ip http_version
    byte_math sip_body sip_header sip_method sip_stat_code service
  `),
};

/** Options of Suricata that neither Snort has; those with a dot or a dash in the name need no list. */
export const OF_SURICATA = words(`
  bsize startswith endswith dataset datarep dotprefix iprep filemd5 filename fileext filesha1 filesha256 filestore ja3_hash
  ja3_string tls_sni tls_cert_subject tls_cert_issuer dns_query http_host http_raw_host http_user_agent ssh_proto target
  xbits noalert requires luajit lua geoip
`);

/** True when a rule of another's may hold the option. */
export function isDetection(name: string, version: SnortVersion): boolean {
  return OF_BOTH.has(name) || HTTP_BUFFERS.has(name) || ONLY[version].has(name);
}
