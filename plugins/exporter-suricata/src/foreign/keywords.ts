/**
 * Keywords that do no more than match, known to Suricata 7 and 8 whatever their settings. Left out is what changes the
 * traffic or what is logged of it (`replace`, `bypass`, `tag`, `noalert`, `config`, `filestore`), what reads or writes
 * files (`dataset`, `datarep`, `filemd5`, `lua`, `geoip`, `iprep`), what meddles with the state of other rules (`flowbits`,
 * `xbits`, ...), and what a sensor may have switched off.
 */
const KEYWORDS = new Set(
  `msg reference classtype priority metadata target threshold detection_filter sid rev gid
  flow dsize flags tcp.flags ttl tos itype icode icmp_id icmp_seq id ip_proto ipopts fragbits fragoffset seq ack window
  tcp.seq tcp.ack tcp.window tcp.mss sameip stream_size app-layer-protocol
  content uricontent pcre depth offset distance within startswith endswith nocase fast_pattern rawbytes isdataat bsize
  byte_test byte_jump byte_extract byte_math urilen base64_decode base64_data pkt_data
  compress_whitespace strip_whitespace to_md5 to_sha1 to_sha256 dotprefix url_decode pcrexform to_lowercase to_uppercase
  http_client_body http_cookie http_header http_host http_method http_raw_header http_raw_host http_raw_uri
  http_accept http_accept_enc http_accept_lang http_connection http_content_len http_content_type http_header_names
  http_protocol http_referer http_request_line http_response_line http_start
  http_server_body http_stat_code http_stat_msg http_uri http_user_agent
  http.accept http.accept_enc http.accept_lang http.connection http.content_len http.content_type http.cookie
  http.header http.header.raw http.header_names http.host http.host.raw http.location http.method http.protocol
  http.referer http.request_body http.request_line http.response_body http.response_line http.server http.start
  http.stat_code http.stat_msg http.uri http.uri.raw http.user_agent
  dns_query dns.query dns.opcode
  tls_cert_fingerprint tls_cert_issuer tls_cert_serial tls_cert_subject tls_sni tls.sni tls.cert_fingerprint tls.cert_issuer tls.cert_serial tls.cert_subject tls.certs tls.version
  tls.subject tls.issuerdn tls.fingerprint tls_cert_expired tls_cert_notafter tls_cert_notbefore tls_cert_valid
  ssl_state ssl_version ssh_proto ssh_software ssh.proto ssh.software
  file_data file.data file.name filename fileext filesize
  smb_named_pipe smb_share dce_iface dce_opnum dce_stub_data smb.named_pipe smb.share dcerpc.iface dcerpc.opnum dcerpc.stub_data`.split(
    /\s+/,
  ),
);

/** Whether a foreign rule may use a keyword. */
export function isHarmless(keyword: string): boolean {
  return KEYWORDS.has(keyword);
}
