import type { ClusterState } from './cluster.ts'
import { nodeStatus } from './node-status.ts'

/** Short sentences for a screen reader about what a frame changed for nodes and DaemonSets; undefined when nothing worth saying. */
export function announcementOf(before: ClusterState, after: ClusterState): string | undefined {
  const said: string[] = []
  if (before.tables.Node !== after.tables.Node) {
    for (const [name, node] of after.tables.Node) {
      const old = before.tables.Node.get(name)
      if (old === node) continue
      const status = nodeStatus(node)
      if (!old) said.push(`${name} joined.`)
      else if (nodeStatus(old).text !== status.text) said.push(`${name} is ${status.text}.`)
    }
    for (const name of before.tables.Node.keys()) if (!after.tables.Node.has(name)) said.push(`${name} is gone.`)
  }
  if (before.tables.DaemonSet !== after.tables.DaemonSet) {
    for (const [key, set] of after.tables.DaemonSet) {
      const old = before.tables.DaemonSet.get(key)
      const { desiredNumberScheduled: desired, numberReady: ready } = set.status
      if (old && (old.status.desiredNumberScheduled !== desired || old.status.numberReady !== ready)) {
        said.push(`${set.metadata.name}: desired ${desired}, ready ${ready}.`)
      }
    }
  }
  const most = 4
  if (said.length > most) return `${said.slice(0, most).join(' ')} And ${said.length - most} more changes.`
  return said.length > 0 ? said.join(' ') : undefined
}
