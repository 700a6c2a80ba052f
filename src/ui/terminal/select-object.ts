import { controllerOf } from '#k8s/owner.ts'
import type { ObjectRef } from '#protocol/api-client.ts'
import type { Question } from '#protocol/explain.ts'
import { clusterStore } from '#state/cluster.ts'
import { keyOf } from '#state/key.ts'
import { lightNodes, notify, selectNode } from '#state/session.ts'
import { workloadOf } from '#state/workload.ts'
import { en } from '../text/en.ts'

/** Selects an object whose name stands in the terminal, as a click on its picture does; of other workloads the nodes with their pods light up. */
export function selectObject({ kind, namespace = '', name }: ObjectRef, ask: (question: Question) => void): void {
  const { tables } = clusterStore.getState()
  if (!tables[kind].has(keyOf(namespace, name))) {
    notify('info', en.terminal.gone(`${kind} ${name}`))
    return
  }
  if (kind === 'Node') ask({ about: 'node', name })
  else if (kind === 'Pod') {
    selectNode(tables.Pod.get(keyOf(namespace, name))?.spec.nodeName)
    ask({ about: 'pod', namespace, name })
  } else if (kind === 'DaemonSet') ask({ about: 'number', namespace, daemonset: name, number: 'desired' })
  else {
    const owns = (owner: { kind: string; name: string } | undefined) => owner?.kind === kind && owner.name === name
    const pods = [...tables.Pod.values()].filter(
      (pod) => pod.metadata.namespace === namespace && (owns(controllerOf(pod)) || owns(workloadOf(pod, tables))),
    )
    const nodes = [...new Set(pods.flatMap((pod) => pod.spec.nodeName ?? []))]
    lightNodes(nodes)
    notify('info', en.terminal.lit(`${kind} ${name}`, nodes.length))
  }
}
