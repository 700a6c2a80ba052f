import { clusterStore } from '#state/cluster.ts'
import { keyOf } from '#state/key.ts'

/** The wished name, or with a number behind it, that no object of this kind has in the default namespace. */
export function freeName(kind: 'DaemonSet' | 'Deployment', wish: string): string {
  const table = clusterStore.getState().tables[kind]
  let name = wish
  for (let number = 2; table.has(keyOf('default', name)); number += 1) name = `${wish}-${number}`
  return name
}
