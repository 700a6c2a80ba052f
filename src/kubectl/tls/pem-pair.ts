import { CommandError } from '../error-text.ts'

interface Block {
  type: string
  der: Uint8Array
}

/** The PEM blocks of a text; what is no whole block, or not base64, is passed over. @source encoding/pem Decode */
function blocksOf(text: string): Block[] {
  const blocks = text.matchAll(/^-----BEGIN ([^\n]*)-----[ \t\r]*\n((?:(?!-----)[^\n]*\n)*)-----END \1-----[ \t\r]*$/gm)
  return [...blocks].flatMap(([, type = '', body = '']) => {
    const base64 = body.replace(/^[^\n]*:[^\n]*\n/gm, '').replace(/\s/g, '')
    const isWhole = base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64)
    return isWhole ? [{ type, der: Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)) }] : []
  })
}

const isKey = (type: string): boolean => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY')

/** The certificate and the key of two PEM texts, as DER. Throws CommandError when one is not what its name says. @source crypto/tls X509KeyPair */
export function pemPair(cert: string, key: string): { certificate: Uint8Array; key: Uint8Array } {
  const bad = (message: string): CommandError => new CommandError(`tls: ${message}`)
  const skipped = (blocks: readonly Block[]): string => `after skipping PEM blocks of the following types: [${blocks.map((b) => b.type).join(' ')}]`
  const certs = blocksOf(cert)
  const certificate = certs.find(({ type }) => type === 'CERTIFICATE')
  if (!certificate) {
    if (certs.length === 0) throw bad('failed to find any PEM data in certificate input')
    if (certs.length === 1 && certs[0]?.type.endsWith('PRIVATE KEY'))
      throw bad('failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched')
    throw bad(`failed to find "CERTIFICATE" PEM block in certificate input ${skipped(certs)}`)
  }
  const keys = blocksOf(key)
  const found = keys.find(({ type }) => isKey(type))
  if (!found) {
    if (keys.length === 0) throw bad('failed to find any PEM data in key input')
    if (keys.length === 1 && keys[0]?.type === 'CERTIFICATE') throw bad('found a certificate rather than a key in the PEM for the private key')
    throw bad(`failed to find PEM block with type ending in "PRIVATE KEY" in key input ${skipped(keys)}`)
  }
  return { certificate: certificate.der, key: found.der }
}
