import { expect, test } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const block = (type: string, body = 'aGVsbG8=') => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`

const files: Record<string, string> = {
  'tls.crt': `a certificate\n${block('PUBLIC KEY')}${block('CERTIFICATE')}`,
  'headers.crt': block('CERTIFICATE', 'A: b\n\naGVsbG8='),
  'tls.key': block('EC PRIVATE KEY'),
}

const run = (line: string) => runWords(line.split(' '), fixedClient([], { version: '1.36' }), { readFile: (name) => files[name] })

test.each(['tls.crt', 'headers.crt'])('a Secret of %s and a key is shown, with what was not checked', (cert) => {
  expect(run(`create secret tls t --cert=${cert} --key=tls.key --dry-run=client -o jsonpath={.type}|{.data.tls\\.key}`)).toEqual({
    stdout: `kubernetes.io/tls|${btoa(files['tls.key'] as string)}`,
    stderr: expect.stringMatching(/does not check that the key belongs to the certificate\n$/),
    exit: 0,
  })
})

test('a Secret is not created', () => {
  expect(run('create secret tls t --cert=tls.crt --key=tls.key')).toMatchObject({ stdout: '', stderr: expect.stringContaining('Secret'), exit: 1 })
})

test('a token is for no ServiceAccount', () => {
  expect(run('create token default')).toMatchObject({
    stdout: '',
    stderr: expect.stringMatching(/^error: failed to create token: the playground /),
    exit: 1,
  })
})
