import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateOf } from '../testing/certificate.ts'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const block = (type: string, body: string) => `-----BEGIN ${type}-----\n${body}\n-----END ${type}-----\n`
const { publicKey, privateKey } = generateKeyPairSync('ed25519')
const certificate = Buffer.from(certificateOf(publicKey.export({ type: 'spki', format: 'der' }))).toString('base64')

const files: Record<string, string> = {
  'tls.crt': `a certificate\n${block('PUBLIC KEY', 'aGVsbG8=')}${block('CERTIFICATE', certificate)}`,
  'headers.crt': block('CERTIFICATE', `A: b\n\n${certificate}`),
  'tls.key': privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  'other.key': generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
}

const run = (line: string) => runWords(line.split(' '), fixedClient([], { version: '1.36' }), { readFile: (name) => files[name] })

test.each(['tls.crt', 'headers.crt'])('a Secret of %s and its key is shown', (cert) => {
  expect(run(`create secret tls t --cert=${cert} --key=tls.key --dry-run=client -o jsonpath={.type}|{.data.tls\\.key}`)).toEqual({
    stdout: `kubernetes.io/tls|${btoa(files['tls.key'] as string)}`,
    stderr: '',
    exit: 0,
  })
})

test('there is none of a certificate and the key of another', () => {
  expect(run('create secret tls t --cert=tls.crt --key=other.key --dry-run=client')).toEqual({
    stdout: '',
    stderr: 'error: tls: private key does not match public key\n',
    exit: 1,
  })
})

test('a Secret is not created', () => {
  expect(run('create secret tls t --cert=tls.crt --key=tls.key')).toMatchObject({ stdout: '', stderr: expect.stringContaining('Secret'), exit: 1 })
})

test.each([
  // what a cluster says where there is no such account
  ['robot', /^error: failed to create token: serviceaccounts "robot" not found\n$/],
  // a cluster has this one in every namespace
  ['default', /^error: failed to create token: the playground /],
])('a token is for no ServiceAccount %s', (name, stderr) => {
  expect(run(`create token ${name}`)).toMatchObject({ stdout: '', stderr: expect.stringMatching(stderr), exit: 1 })
})
