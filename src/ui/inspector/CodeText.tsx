/** Code between backquotes; moments (`t = 00:00:05`) and words with a hyphen (`worker-0`, `-n`), which are not broken unless they are long. */
const special = /(`[^`]*`|t = [\d:]+|(?<!\S)(?=\S{1,30}(?!\S))\S*-\S*)/

/** Plain text in which what stands between backquotes is code. */
export function CodeText({ text }: { text: string }) {
  return text.split(special).map((piece, at) => {
    if (at % 2 === 0) return piece
    return piece.startsWith('`') ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no other identity
      <code key={at}>{piece.slice(1, -1)}</code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: nor have these
      <span key={at} style={{ whiteSpace: 'nowrap' }}>
        {piece}
      </span>
    )
  })
}
