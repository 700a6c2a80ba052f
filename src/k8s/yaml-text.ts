const isPlain = /^[a-z0-9][\w./-]*$/i
/** What YAML 1.1 reads as something else than the text: truth values, nothing, numbers of all kinds, dates. */
const readAsOther = /^(y|yes|n|no|on|off|true|false|null|[\d_.]*(e[-+]?\d*)?|0[xob].*|\d{4}-.*)$/i

/** A text as it must stand in YAML 1.1, in block and flow style, to stay that text: in quotes unless it is a plain word. */
export function yamlText(text: string): string {
  return isPlain.test(text) && !readAsOther.test(text) ? text : JSON.stringify(text)
}
