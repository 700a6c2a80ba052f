import { type FieldSet, union } from './field-set.ts'

interface Updater {
  manager: string
  operation: 'Apply' | 'Update'
  subresource?: string
  time?: string
  fields: FieldSet
}

/** How many owners by Update an object keeps apart. @source managedfields DefaultMaxUpdateManagers */
const most = 10

const bucketOf = (fields: FieldSet): Updater => ({ manager: 'ancient-changes', operation: 'Update', fields })

const keyOf = ({ manager, operation, subresource }: Updater): string => JSON.stringify({ manager, operation, subresource })

const order = (owner: Updater): string => `${owner.time ?? ''}\0${keyOf(owner)}`

/** The owners after an update: of more than ten updaters the oldest become one, `ancient-changes`. @source managedfields/internal capUpdateManagers */
export function capUpdaters(owners: readonly Updater[]): Updater[] {
  const oldestFirst = owners.filter(({ operation }) => operation === 'Update').sort((a, b) => (order(a) < order(b) ? -1 : 1))
  const kept = new Map(owners.map((owner) => [keyOf(owner), owner]))
  const bucket = keyOf(bucketOf(new Map()))
  const [first, ...others] = oldestFirst
  for (const owner of others.slice(0, Math.max(0, oldestFirst.length - most))) {
    if (first && !kept.has(bucket)) {
      kept.delete(keyOf(first))
      kept.set(bucket, bucketOf(first.fields))
    }
    const fields = union(owner.fields, kept.get(bucket)?.fields ?? new Map())
    kept.set(bucket, { ...bucketOf(fields), time: owner.time })
    if (keyOf(owner) !== bucket) kept.delete(keyOf(owner))
  }
  return [...kept.values()]
}
