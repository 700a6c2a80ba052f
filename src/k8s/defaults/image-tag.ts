const component = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*'
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])'
const reference = new RegExp(
  `^(?:${domainPart}(?:\\.${domainPart})*(?::[0-9]+)?/)?${component}(?:/${component})*(?::([\\w][\\w.-]{0,127}))?(@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$`,
)
const bareDigest = /^[0-9a-f]{64}$/

/**
 * The tag of an image reference: `latest` when neither tag nor digest is written, empty when only a digest is, or the text is no reference.
 * @source pkg/util/parsers ParseImageName, distribution/reference regexp.go
 */
export function imageTag(image: string): string {
  const match = reference.exec(image)
  if (!match || bareDigest.test(image)) return ''
  const [, tag, digest] = match
  // of two parts the first is a place only if it looks like one
  const [first = '', ...rest] = image.split('/')
  if (rest.length && !/[.:]/.test(first) && first !== 'localhost' && /[A-Z]/.test(first)) return ''
  return tag ?? (digest ? '' : 'latest')
}

/** What is called latest is looked for again each time. */
export const pullPolicyOf = (image = ''): string => (imageTag(image) === 'latest' ? 'Always' : 'IfNotPresent')
