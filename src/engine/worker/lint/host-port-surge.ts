import { daemonUpdate, limitsPath } from './daemon-update.ts'
import type { Change, Finding, LintRule } from './lint.ts'

/**
 * With maxSurge old and new pod stand on one node at a time, and only one of them can have a host port. With hostNetwork every container
 * port is a host port.
 * @source SCH-3.13, DS-10.10
 */
export const hostPortSurge: LintRule = (input) => {
  const { pod } = input
  const update = daemonUpdate(input)
  if (!update?.surge || !pod) return []
  const changes: Change[] = [{ put: [...limitsPath, 'maxSurge'], value: 0 }]
  if (update.maxUnavailable !== undefined) changes.push({ put: [...limitsPath, 'maxUnavailable'], value: 1 })
  return (pod.spec.containers ?? []).flatMap((container, c) =>
    (container.ports ?? []).flatMap((port, p): Finding[] => {
      const taken = port.hostPort || (pod.spec.hostNetwork && port.containerPort)
      if (!taken) return []
      const field = port.hostPort ? 'hostPort' : 'containerPort'
      return [
        {
          path: [...pod.path, 'spec', 'containers', c, 'ports', p, field],
          rule: 'SCH-3.13',
          message: `maxSurge starts the new pod beside the old one, and both want port ${taken} of the node: the new pod stays Pending and the update never ends.`,
          fix: { title: 'Update without surge (maxUnavailable: 1)', changes },
        },
      ]
    }),
  )
}
