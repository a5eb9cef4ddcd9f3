/** One package of conftest with rules about several kinds of file, and the places its messages lead to. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decisionOf, gateIn, toldOf } from './foreign-support.ts';

const policy = {
  'docker.rego': 'package main\n\ndeny contains sprintf("base %s", [input[i].Value[0]]) if input[i].Cmd == "from"\n',
  'kube.rego':
    'package main\n\ndeny contains sprintf("%s is privileged", [input.metadata.name]) if input.spec.privileged\n',
  'infra.rego':
    'package main\n\ndeny contains sprintf("bucket %s has a public acl", [name]) if {\n\tsome name, b in input.resource.aws_s3_bucket\n\tb[_].acl == "public-read"\n}\n',
};
const bucket = (name: string, acl: string) => `resource "aws_s3_bucket" "${name}" {\n  acl = "${acl}"\n}\n`;
const files = {
  Dockerfile: 'FROM scratch\n',
  'deploy/pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  privileged: true\n',
  'infra/main.tf': `${bucket('first', 'private')}${bucket('labels', 'public-read')}`,
  'notes.yaml': 'spec:\n  privileged: true\nmetadata:\n  name: note\n',
};

describe('a package with rules about several kinds of file', () => {
  const decision = decisionOf(policy, files);

  it('is asked about all of them, each file by its own kind', () => {
    assert.equal(gateIn(decision, 'push').answer, 'deny');
    const told = toldOf(decision, 'push').filter((one) => one.startsWith('deny'));
    assert.deepEqual(told.sort(), [
      'deny main/deny Dockerfile:1 base scratch',
      'deny main/deny deploy/pod.yaml:4 web is privileged',
      'deny main/deny infra/main.tf:5 bucket labels has a public acl',
    ]);
    assert.match(
      toldOf(decision, 'push').join('\n'),
      /asked about Dockerfiles, Terraform files and Kubernetes manifests, because/,
    );
  });
});
