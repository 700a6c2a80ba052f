import { CommandError } from '../error-text.ts'

/** The types of the PEM blocks of a text; what is no whole block, or not base64, is passed over. @source encoding/pem Decode */
function blockTypes(text: string): string[] {
  const blocks = text.matchAll(/^-----BEGIN ([^\n]*)-----[ \t\r]*\n((?:(?!-----)[^\n]*\n)*)-----END \1-----[ \t\r]*$/gm)
  return [...blocks].flatMap(([, type = '', body = '']) => {
    const base64 = body.replace(/^[^\n]*:[^\n]*\n/gm, '').replace(/\s/g, '')
    return base64.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(base64) ? [type] : []
  })
}

const isKey = (type: string): boolean => type === 'PRIVATE KEY' || type.endsWith(' PRIVATE KEY')

/**
 * Throws CommandError when one is not what its name says. Looked at is what kind of blocks there are, not what is in them: whether the key
 * belongs to the certificate needs a library for certificates. @source crypto/tls X509KeyPair
 */
export function checkPemPair(cert: string, key: string): void {
  const bad = (message: string): CommandError => new CommandError(`tls: ${message}`)
  const skipped = (types: readonly string[]): string => `after skipping PEM blocks of the following types: [${types.join(' ')}]`
  const certTypes = blockTypes(cert)
  if (!certTypes.includes('CERTIFICATE')) {
    if (certTypes.length === 0) throw bad('failed to find any PEM data in certificate input')
    if (certTypes.length === 1 && certTypes[0]?.endsWith('PRIVATE KEY'))
      throw bad('failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched')
    throw bad(`failed to find "CERTIFICATE" PEM block in certificate input ${skipped(certTypes)}`)
  }
  const keyTypes = blockTypes(key)
  const found = keyTypes.find(isKey)
  if (found === undefined) {
    if (keyTypes.length === 0) throw bad('failed to find any PEM data in key input')
    if (keyTypes.length === 1 && keyTypes[0] === 'CERTIFICATE') throw bad('found a certificate rather than a key in the PEM for the private key')
    throw bad(`failed to find PEM block with type ending in "PRIVATE KEY" in key input ${skipped(keyTypes)}`)
  }
  if (!['PRIVATE KEY', 'RSA PRIVATE KEY', 'EC PRIVATE KEY'].includes(found)) throw bad('failed to parse private key')
}
