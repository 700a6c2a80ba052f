/** Words of more than 24 letters, such as `node.kubernetes.io/unreachable:NoExecute`, may break behind a slash or a colon: the text in the pieces between. */
export function breakLongWords(text: string): string[] {
  return text.replace(/\S{25,}/g, (word) => word.replace(/(?<=[a-z][/:])(?=\w)/g, '\0')).split('\0')
}
