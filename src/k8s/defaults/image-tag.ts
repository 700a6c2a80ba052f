/**
 * The tag of an image reference: `latest` when neither tag nor digest is written, empty when only a digest is, or the text is no reference.
 * @source pkg/util/parsers ParseImageName
 */
export function imageTag(image: string): string {
  const at = image.indexOf('@')
  const name = at < 0 ? image : image.slice(0, at)
  if (name === '' || /[\sA-Z]/.test(name.split(':')[0] as string)) return ''
  const colon = name.lastIndexOf(':')
  const tag = colon > name.lastIndexOf('/') ? name.slice(colon + 1) : ''
  return tag || (at < 0 ? 'latest' : '')
}
