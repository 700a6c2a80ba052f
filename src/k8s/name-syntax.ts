/** Which names, keys and values the API server takes; what it says of others is in `name.ts`. @source apimachinery/pkg/util/validation */

const subdomain1123 = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/
const qualifiedNamePart = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const labelValuePattern = /^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$/

/** Whether it reads like a name of an object, however long. DS-15.1 */
export const readsAsSubdomain = (text: string): boolean => subdomain1123.test(text)

/** Whether it reads like the part of a label key behind the `/`, however long. DS-15.4 */
export const readsAsNamePart = (text: string): boolean => qualifiedNamePart.test(text)

/** Whether it reads like the value of a label, however long. DS-15.5 */
export const readsAsLabelValue = (text: string): boolean => labelValuePattern.test(text)

/** Whether an object can have the name. DS-15.1, DS-15.2 */
export const isSubdomain = (text: string): boolean => text.length <= 253 && readsAsSubdomain(text)

/** Whether a label or a taint can have the key. DS-15.4 */
export function isLabelKey(text: string): boolean {
  const [name = '', prefix, ...more] = text.split('/').reverse()
  return more.length === 0 && (prefix === undefined || isSubdomain(prefix)) && name.length <= 63 && readsAsNamePart(name)
}

/** Whether a label or a taint can have the value. DS-15.5 */
export const isLabelValue = (text: string): boolean => text.length <= 63 && readsAsLabelValue(text)
