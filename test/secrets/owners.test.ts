import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alphanumeric, base64, hex, lower, randomFrom, upper } from '../support/random.ts';
import { found, scan } from './helpers.ts';

const random = randomFrom(77);
const hex32 = random.text(hex, 32);
const hex50 = random.text(hex, 50);
const uuid = [8, 4, 4, 4, 12].map((length) => random.text(hex, length)).join('-');
const aws = `${random.text(base64, 36)}aZ3q`;
const awsId = `${'AK'}IA${random.text(`${upper}234567`, 16)}`;

describe('a value without a shape', () => {
  it('is of the kind of the vendor that is named near it', () => {
    assert.deepEqual(found(`api_key: ${hex32}\nsite: datadoghq.eu\n`, 'conf/agent.yaml'), [`datadog-key:${hex32}`]);
    assert.deepEqual(found(`token="${hex50}"\nname="%hostname"\n# buildkite-agent\n`, 'a.cfg'), [
      `buildkite-token:${hex50}`,
    ]);
  });

  it('is of the kind of the vendor that its file is called after', () => {
    assert.deepEqual(found(`api_key: ${hex32}\n`, 'conf/datadog.yaml'), [`datadog-key:${hex32}`]);
  });

  it('keeps its own kind where two vendors could be meant, and where code lies or is built', () => {
    const two = `api_key: ${hex32}\n# datadog, mailgun, bugsnag\n`;
    assert.deepEqual(found(two, 'a.yaml'), [`generic-secret:${hex32}`]);
    const value = random.text(alphanumeric, 20);
    const here = `secret: ${value}\n# deploys to gitlab\n`;
    assert.deepEqual(found(here, '.gitlab-ci.yml'), [`generic-secret:${value}`]);
  });

  it('is of the vendor whose name is an ordinary word only where that is imported', () => {
    const key = `${random.text(alphanumeric, 30)}x7`;
    const line = `client.api_key = '${key}'\n`;
    assert.deepEqual(found(`from dune import client\n${line}`, 'a.py'), [`dune-key:${key}`]);
    assert.deepEqual(found(`# sand of the dune\n${line}`, 'a.py'), [`generic-secret:${key}`]);
  });

  it('is no surer for it', () => {
    const [alone, named] = ['', '\nsite: datadoghq.eu'].map((more) => scan(`api_key: ${hex32}${more}\n`, 'a.yaml')[0]);
    assert.equal(named?.rule, 'datadog-key');
    assert.equal(named.confidence, alone?.confidence);
    assert.equal(named?.severity, alone?.severity);
  });

  it('belongs to the identifier beside it', () => {
    const pair = scan(`access_key = "${awsId}"\nsecret_key = "${aws}"\n`, 'main.tf');
    assert.deepEqual(
      pair.map(({ rule, related }) => [rule, related?.length]),
      [['aws-secret-access-key', 1]],
    );
    const scaleway = `access_key: ${'SC'}W${random.text(upper, 12)}12345\nsecret_key: ${uuid}\n`;
    assert.deepEqual(found(scaleway, 'scw.yaml'), [`scaleway-key:${uuid}`]);
    const app = `const appid = '${'w'}x${random.text(hex, 16)}', appsecret = '${hex32}';\n`;
    assert.deepEqual(found(app, 'a.js'), [`wechat-secret:${hex32}`]);
  });

  it('of another form does not belong to it', () => {
    const beside = scan(`access_key = "${awsId}"\nsession_secret = "${hex32}"\n`, 'main.tf');
    assert.deepEqual(
      beside.map(({ rule }) => rule),
      ['aws-access-key', 'generic-secret'],
    );
  });

  it('is called by its form where the vendor says it in a constructor', () => {
    const key = `LTAI5t${random.text(lower + upper, 17)}7`;
    const secret = `${random.text(alphanumeric, 27)}aZ3`;
    assert.deepEqual(found(`oss.New("oss-cn-hangzhou.aliyuncs.com", "${key}", "${secret}")\n`, 'oss.go'), [
      `alibaba-access-key-secret:${secret}`,
    ]);
  });
});
