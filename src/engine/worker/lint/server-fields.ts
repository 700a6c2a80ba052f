import { metadataOfServer } from '../live/line-origins.ts'
import type { LintRule, Path } from './lint.ts'

/**
 * A manifest that was copied from a stored object. Its uid and resourceVersion are conditions: apply is refused when the object is
 * another one, or has changed since.
 */
export const serverFields: LintRule = ({ object }) => {
  const metadata = (object.metadata ?? {}) as Readonly<Record<string, unknown>>
  const condition = ['resourceVersion', 'uid'].find((field) => metadata[field] !== undefined)
  if (condition === undefined) return []
  const there: Path[] = [
    ...metadataOfServer.filter((field) => field in metadata).map((field) => ['metadata', field]),
    ...('status' in object ? [['status']] : []),
  ]
  return [
    {
      path: ['metadata', condition],
      severity: 'info',
      rule: 'API-2',
      message:
        condition === 'uid'
          ? 'With a uid only that very object can be changed: Apply is refused once another one has its name.'
          : 'With a resourceVersion Apply is refused as soon as the stored object has changed since.',
      fix: { title: 'Take out what the server fills in', changes: there.map((path) => ({ remove: path })) },
    },
  ]
}
