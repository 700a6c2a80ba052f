/** A text in which keys such as `node.kubernetes.io/unreachable:NoExecute` break behind a slash or a colon, where a break is needed. */
export function BreakableNames({ text }: { text: string }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: places to break have no other identity
  return text.split(/(?<=[a-z][/:])(?=\w)/).flatMap((piece, at) => (at === 0 ? piece : [<wbr key={at} />, piece]))
}
