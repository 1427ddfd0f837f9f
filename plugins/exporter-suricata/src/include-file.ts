import { REPUTATION } from './addresses/reputation.ts';

/**
 * What a sensor includes at the end of its suricata.yaml; `sensorPath` is the folder in which it finds the files, and
 * `iprep` says whether there are IP reputation lists among them.
 */
export function includeFile(sensorPath: string, iprep: boolean): string {
  const path = (file: string) => JSON.stringify(`${sensorPath.replace(/\/$/, '')}/${file}`);
  return `%YAML 1.1
---
# Made by misp-pipeline for Suricata 7 and 8. Include it with the last line of suricata.yaml:
#
#   include: ${path('misp-pipeline.yaml')}
#
# A dotted key adds to the rule files of suricata.yaml, or sets one value, and leaves everything else as it is.

rule-files.misp: ${path('misp.rules')}
# A sensor on which QUIC is switched off refuses this one: name the file above in suricata.yaml instead of including this.
rule-files.misp-quic: ${path('misp-quic.rules')}

# Rules that others wrote.
rule-files.misp-foreign: ${path('misp-foreign.rules')}

${iprep ? reputationSettings(path) : ''}# Files that are cut off get no hash. These limits, set in suricata.yaml, find bigger ones and cost memory:
#
#   app-layer.protocols.http.libhtp.default-config.request-body-limit: 0
#   app-layer.protocols.http.libhtp.default-config.response-body-limit: 0
#   stream.reassembly.depth: 0
#
# Suricata 7 computes one kind of hash. For the others, give \`files\` of the eve-log output this line,
#
#   force-hash: [md5, sha1, sha256]
#
# and load:
#
#   rule-files.misp-force-hash: ${path('misp-force-hash.rules')}
`;
}

/** A site with reputation files of its own keeps its settings, and adds our categories and lists to them. */
function reputationSettings(path: (file: string) => string): string {
  return `# IP reputation. There is one file of categories and one folder: a sensor that has its own already copies ours there
# and leaves these settings out.
reputation-categories-file: ${path(REPUTATION.categories)}
default-reputation-path: ${path(REPUTATION.folder)}
reputation-files.misp: ${REPUTATION.list}
rule-files.misp-iprep: ${path('misp-iprep.rules')}

`;
}
