import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { expect, test } from 'vitest'
import { certificateOf, der, integer, sequence } from '../testing/certificate.ts'
import { checkKeyPair } from './key-pair.ts'

const spki = (key: KeyObject) => key.export({ type: 'spki', format: 'der' })
const pkcs8 = (key: KeyObject) => key.export({ type: 'pkcs8', format: 'der' })
const rsa = () => generateKeyPairSync('rsa', { modulusLength: 1024 })
const ec = (namedCurve: string) => () => generateKeyPairSync('ec', { namedCurve })
const kinds = {
  RSA: rsa,
  'P-224': ec('secp224r1'),
  'P-256': ec('prime256v1'),
  'P-384': ec('secp384r1'),
  'P-521': ec('secp521r1'),
  Ed25519: () => generateKeyPairSync('ed25519'),
}

/** The SEC1 form without the point: it has to be worked out. */
function withoutPoint(key: KeyObject): Uint8Array {
  const jwk = key.export({ format: 'jwk' })
  const oid = Buffer.from('06082a8648ce3d030107', 'hex')
  return sequence(integer(1), der(0x04, Buffer.from(jwk.d ?? '', 'base64url')), der(0xa0, oid))
}

const mismatch = 'tls: private key does not match public key'

test.each(Object.entries(kinds))('%s: a key is that of its certificate, and of no other', (_name, generate) => {
  const [one, other] = [generate(), generate()]
  expect(checkKeyPair(certificateOf(spki(one.publicKey)), pkcs8(one.privateKey))).toBe('same')
  expect(checkKeyPair(certificateOf(spki(one.publicKey), false), pkcs8(one.privateKey))).toBe('same')
  expect(() => checkKeyPair(certificateOf(spki(one.publicKey)), pkcs8(other.privateKey))).toThrow(mismatch)
})

test('keys in the older forms', () => {
  const [a, b, c] = [rsa(), kinds['P-256'](), kinds['P-256']()]
  expect(checkKeyPair(certificateOf(spki(a.publicKey)), a.privateKey.export({ type: 'pkcs1', format: 'der' }))).toBe('same')
  expect(checkKeyPair(certificateOf(spki(b.publicKey)), b.privateKey.export({ type: 'sec1', format: 'der' }))).toBe('same')
  expect(checkKeyPair(certificateOf(spki(b.publicKey)), withoutPoint(b.privateKey))).toBe('same')
  expect(() => checkKeyPair(certificateOf(spki(b.publicKey)), withoutPoint(c.privateKey))).toThrow(mismatch)
})

// as kubectl 1.33 and 1.36 say it of such files from openssl
const junk = Buffer.from('hello')
const [a, b] = [kinds['P-256'](), rsa()]
test.each([
  ['another curve', certificateOf(spki(a.publicKey)), pkcs8(kinds['P-384']().privateKey), mismatch],
  ['another type', certificateOf(spki(a.publicKey)), pkcs8(b.privateKey), 'tls: private key type does not match public key type'],
  ['no certificate', junk, pkcs8(b.privateKey), 'x509: malformed certificate'],
  ['half a certificate', certificateOf(spki(b.publicKey)).subarray(0, 90), pkcs8(b.privateKey), 'x509: malformed certificate'],
  ['no key', certificateOf(spki(b.publicKey)), junk, 'tls: failed to parse private key'],
  ['a curve that Go has not', certificateOf(spki(ec('secp256k1')().publicKey)), pkcs8(a.privateKey), 'x509: unsupported elliptic curve'],
  ['a certificate of Ed448', certificateOf(spki(generateKeyPairSync('ed448').publicKey)), pkcs8(a.privateKey), 'tls: unknown public key algorithm'],
  ['a key of Ed448', certificateOf(spki(a.publicKey)), pkcs8(generateKeyPairSync('ed448').privateKey), 'tls: failed to parse private key'],
  [
    'a key of X25519',
    certificateOf(spki(a.publicKey)),
    pkcs8(generateKeyPairSync('x25519').privateKey),
    'tls: found unknown private key type in PKCS#8 wrapping',
  ],
])('%s', (_name, certificate, key, message) => {
  expect(() => checkKeyPair(certificate, key)).toThrow(message)
})
