import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { describe, expect, it, onTestFinished } from 'vitest';
import { cli, emptyFolder } from '../support/cli.ts';
import { removeFolder } from './remove-folder.ts';
import { ask, DEPLOY, installed, KUBECTL, KUBERNETES_VALIDATE } from './tools.ts';

const FOLDER = `${DEPLOY}/kubernetes`;
const MANIFESTS = ['common/volumes', 'common/network-policy', 'cronjob/cronjob', 'daemon/deployment', 'daemon/service'];

interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly securityContext: object;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Pod {
  readonly containers: readonly Container[];
  readonly volumes: readonly { readonly name: string }[];
  readonly securityContext: object;
}

interface Manifest {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly template?: { readonly spec: Pod };
    readonly jobTemplate?: { readonly spec: { readonly template: { readonly spec: Pod } } };
  };
}

const manifestsIn = (file: string) => loadAll(readFileSync(`${FOLDER}/${file}.yaml`, 'utf8')) as Manifest[];

function podOf(file: string): Pod {
  const spec = manifestsIn(file)[0]?.spec;
  const pod = spec?.template?.spec ?? spec?.jobTemplate?.spec.template.spec;
  if (pod === undefined) throw new Error(`${file} has no pod`);
  return pod;
}

describe.each(['cronjob/cronjob', 'daemon/deployment'])('the pod of %s', (file) => {
  const { containers, volumes, securityContext } = podOf(file);

  it('has no rights but to write its own volumes', () => {
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containers).toHaveLength(1);
    expect(containers[0]?.securityContext).toEqual({
      ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] } },
    });
  });

  it('mounts each of its volumes where the config looks for it', () => {
    const mounts = containers[0]?.volumeMounts ?? [];
    expect(mounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    expect(mounts.map(({ mountPath }) => mountPath)).toEqual(['/config', '/secrets', '/state', '/out', '/tmp']);
  });

  it('gets its configuration from the file that is mounted', () => {
    expect(containers[0]?.args.slice(1)).toEqual(['--config', '/config/pipeline.yaml']);
  });
});

describe('the config map', () => {
  it('holds a config without a fault', async () => {
    const folder = emptyFolder();
    onTestFinished(() => removeFolder(folder));
    writeFileSync(join(folder, 'misp-key'), 'a-key\n');
    const text = readFileSync(`${FOLDER}/common/pipeline.yaml`, 'utf8');
    writeFileSync(join(folder, 'pipeline.yaml'), text.replaceAll('/secrets/', `${folder}/`));
    const { code, stderr } = await cli(['validate', '--config', 'pipeline.yaml'], { cwd: folder });
    expect(code, stderr).toBe(0);
  });
});

describe.skipIf(!KUBERNETES_VALIDATE)('the API of Kubernetes (needs kubernetes-validate)', () => {
  it.each(MANIFESTS)('knows all that stands in %s', (file) => {
    const { status, said } = ask(installed('kubernetes-validate'), ['--strict', `${FOLDER}/${file}.yaml`]);
    expect(status, said).toBe(0);
  });
});

describe.skipIf(!KUBECTL)('kustomize (needs kubectl)', () => {
  it.each([
    ['cronjob', 'CronJob'],
    ['daemon', 'Deployment'],
  ])('puts together %s, with the config under a name of its own', (overlay, kind) => {
    const { status, said } = ask('kubectl', ['kustomize', `${FOLDER}/${overlay}`]);
    expect(status, said).toBe(0);
    const manifests = loadAll(said) as Manifest[];
    expect(manifests.map((manifest) => manifest.kind)).toContain(kind);
    const map = manifests.find((manifest) => manifest.kind === 'ConfigMap');
    expect(map?.metadata.name).toMatch(/^misp-pipeline-config-\w+$/);
    expect(said.split(`name: ${map?.metadata.name}`)).toHaveLength(3);
  });
});
