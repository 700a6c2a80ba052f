/**
 * Whether a private key belongs to a certificate, as far as `kubectl create secret tls` looks: RSA, the curves P-256, P-384 and P-521, and
 * Ed25519. Not modelled: signatures, dates and extensions of the certificate, and whether the numbers of an RSA key fit each other. The
 * point of a key on P-224 is taken from the key, where it stands in it: that curve is not among those that can be worked out here.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { p256, p384, p521 } from '@noble/curves/nist.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import { CommandError } from '../error-text.ts'
import { contextTag, DerError, type DerValue, derBits, derInteger, derOf, derOid, derSequence, derTags, readDer } from './der.ts'

/** `value` = the modulus, or the point, in hexadecimal; undefined where it cannot be known. */
interface PublicKey {
  type: 'RSA' | 'EC' | 'Ed25519' | 'other'
  value: string | undefined
  /** Of a point. */
  curve?: string
}

const algorithms: Record<string, PublicKey['type'] | undefined> = {
  '1.2.840.113549.1.1.1': 'RSA',
  '1.2.840.10045.2.1': 'EC',
  '1.3.101.112': 'Ed25519',
}
const x25519 = '1.3.101.110'

/** Undefined: a curve that is known, but cannot be worked with. */
const curves: Record<string, typeof p256 | undefined> = {
  '1.2.840.10045.3.1.7': p256,
  '1.3.132.0.34': p384,
  '1.3.132.0.35': p521,
  '1.3.132.0.33': undefined,
}

const parsed = <T>(why: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    if (error instanceof DerError) throw new CommandError(why)
    throw error
  }
}

/** @source crypto/x509 parseCertificate, parsePublicKey */
function certificateKey(der: Uint8Array): PublicKey {
  const [certificate, ...rest] = parsed('x509: malformed certificate', () => readDer(der))
  const [tbs] = parsed('x509: malformed certificate', () => derSequence(certificate))
  if (rest.length > 0) throw new CommandError('x509: trailing data')
  const fields = parsed('x509: malformed tbs certificate', () => derSequence(tbs))
  // serial number, algorithm, issuer, dates and subject stand before it, and often the version
  const spki = fields[fields[0]?.tag === contextTag(0) ? 6 : 5]
  const [algorithm, bits] = parsed('x509: malformed spki', () => derSequence(spki))
  const [oid, parameters] = parsed('x509: malformed public key algorithm identifier', () => derSequence(algorithm))
  const type = algorithms[parsed('x509: malformed OID', () => derOid(oid))] ?? 'other'
  const value = parsed('x509: malformed subjectPublicKey', () => derBits(bits))
  if (type === 'RSA') {
    const [modulus] = parsed('x509: invalid RSA public key', () => derSequence(derSequenceIn(bits)))
    return { type, value: parsed('x509: invalid RSA modulus', () => derInteger(modulus)) }
  }
  if (type !== 'EC') return { type, value }
  const curve = parsed('x509: invalid ECDSA parameters', () => derOid(parameters))
  if (!(curve in curves)) throw new CommandError('x509: unsupported elliptic curve')
  if (!value.startsWith('04')) throw new CommandError('x509: failed to unmarshal elliptic curve point')
  return { type, value, curve }
}

/** The value that a string of bits holds. */
const derSequenceIn = (bits: DerValue | undefined): DerValue | undefined => readDer(derOf(bits, derTags.bitString).subarray(1))[0]

/** @source crypto/x509 ParsePKCS1PrivateKey */
function rsaKey(key: DerValue | undefined): PublicKey {
  const [version, modulus, ...others] = derSequence(key)
  if (!['0', '1'].includes(derInteger(version)) || others.length < 6) throw new DerError()
  return { type: 'RSA', value: derInteger(modulus) }
}

/** The point of a number on a curve. Throws DerError where the number has none. */
function pointOf(curve: typeof p256, number: Uint8Array): string {
  const size = Math.ceil(curve.Point.Fn.BITS / 8)
  const digits = bytesToHex(number)
    .replace(/^0+/, '')
    .padStart(2 * size, '0')
  if (!curve.utils.isValidSecretKey(hexBytes(digits))) throw new DerError()
  return bytesToHex(curve.getPublicKey(hexBytes(digits), false))
}

const hexBytes = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))

/** `named` = the curve, where what is around it says it. @source crypto/x509 parseECPrivateKey */
function ecKey(key: DerValue | undefined, named?: string): PublicKey {
  const [version, number, ...rest] = derSequence(key)
  if (derInteger(version) !== '1') throw new DerError()
  const field = (n: number): DerValue | undefined => {
    const found = rest.find(({ tag }) => tag === contextTag(n))
    return found && readDer(found.bytes)[0]
  }
  const oid = named ?? derOid(field(0))
  if (!(oid in curves)) throw new DerError()
  const curve = curves[oid]
  const point = field(1)
  return { type: 'EC', curve: oid, value: curve ? pointOf(curve, derOf(number, derTags.octetString)) : point && derBits(point) }
}

/** @source crypto/x509 ParsePKCS8PrivateKey */
function wrappedKey(key: DerValue | undefined): PublicKey {
  const [version, algorithm, inner] = derSequence(key)
  derInteger(version)
  const [oid, parameters] = derSequence(algorithm)
  const name = derOid(oid)
  const content = readDer(derOf(inner, derTags.octetString))[0]
  if (name === x25519) throw new CommandError('tls: found unknown private key type in PKCS#8 wrapping')
  switch (algorithms[name]) {
    case 'RSA':
      return rsaKey(content)
    case 'EC':
      return ecKey(content, parameters?.tag === derTags.oid ? derOid(parameters) : undefined)
    case 'Ed25519': {
      const seed = derOf(content, derTags.octetString)
      if (seed.length !== 32) throw new DerError()
      return { type: 'Ed25519', value: bytesToHex(ed25519.getPublicKey(seed)) }
    }
    default:
      throw new DerError()
  }
}

/** The public half of a private key, in whichever form it is written. @source crypto/tls parsePrivateKey */
function privateKey(der: Uint8Array): PublicKey {
  for (const read of [rsaKey, wrappedKey, ecKey]) {
    try {
      const [key, ...rest] = readDer(der)
      if (rest.length === 0) return read(key)
    } catch (error) {
      if (!(error instanceof DerError)) throw error
    }
  }
  throw new CommandError('tls: failed to parse private key')
}

/**
 * Whether the key is the certificate's; both as DER. `unknown` = that cannot be told here. Throws CommandError in Go's words when it is not,
 * or when one of them cannot be read.
 * @source crypto/tls X509KeyPair
 */
export function checkKeyPair(certificate: Uint8Array, key: Uint8Array): 'same' | 'unknown' {
  const its = certificateKey(certificate)
  const given = privateKey(key)
  if (its.type === 'other') throw new CommandError('tls: unknown public key algorithm')
  if (its.type !== given.type) throw new CommandError('tls: private key type does not match public key type')
  if (given.value === undefined && its.curve === given.curve) return 'unknown'
  if (its.curve !== given.curve || its.value !== given.value) throw new CommandError('tls: private key does not match public key')
  return 'same'
}
