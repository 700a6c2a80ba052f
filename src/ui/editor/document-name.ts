/** A name that the terminal can take as one word (`kubectl apply -f NAME`), with an ending; undefined when nothing is left of the wish. */
export function toDocumentName(wish: string): string | undefined {
  const name = wish
    .trim()
    .replace(/[^\p{L}\p{N}_.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
  if (name === '') return
  return /\.[a-z]+$/i.test(name) ? name : `${name}.yaml`
}
