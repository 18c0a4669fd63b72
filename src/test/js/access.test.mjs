import assert from 'node:assert/strict';
import test from 'node:test';
import { signInPath } from '../../../web/js/access.js';
import { destination, signIn } from '../../../web/js/sign-in.js';

const ORIGIN = 'https://runs.example:8443';

test('one goes on to where one wanted to be', () => {
  const path = signInPath({ pathname: '/runs/01X', search: '?x=1&y=2', hash: '#a' });
  assert.equal(destination(new URL(path, ORIGIN).search, ORIGIN), '/runs/01X?x=1&y=2#a');
  assert.equal(destination('', ORIGIN), '/');
});

for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example', 'javascript:alert(1)', 'http://runs.example:8443/', '\thttps://evil.example', 'https://'])
  test(`to nowhere else, not by ${JSON.stringify(to)}`, () => {
    assert.equal(destination(`?${new URLSearchParams({ to })}`, ORIGIN), '/');
  });

test('the token goes into the body, and a refusal is told', async () => {
  const asked = [];
  const ask = async (path, init) => {
    asked.push([path, init]);
    return { ok: false, status: 401, json: async () => ({ detail: 'this token is not known here' }) };
  };
  assert.equal(await signIn('s3cret', ask), 'this token is not known here');
  assert.equal(asked[0][0], '/api/v1/session');
  assert.equal(asked[0][1].body, '{"token":"s3cret"}');
  assert.equal(await signIn('s3cret', async () => ({ ok: true })), '');
  assert.match(await signIn('x', async () => ({ ok: false, status: 502, json: () => Promise.reject(new Error()) })), /502/);
  assert.match(await signIn('x', async () => Promise.reject(new Error())), /cannot be reached/);
});
