import type { DaemonSet, DaemonSetUpdateStrategy } from '#k8s/types.ts'
import type { Finding, LintRule } from './lint.ts'

/**
 * OnDelete, and another image than the running one: applying it changes no pod.
 * @source DS-11.1
 */
export const onDeleteImage: LintRule = ({ kind, name, spec, pod, live }) => {
  if (kind !== 'DaemonSet' || !pod || !live) return []
  const { type } = (spec.updateStrategy ?? {}) as DaemonSetUpdateStrategy
  if (type !== 'OnDelete') return []
  const running = (live as DaemonSet).spec.template.spec.containers
  return (pod.spec.containers ?? []).flatMap((container, at): Finding[] => {
    const before = running.find((one) => one.name === container.name)?.image
    if (before === undefined || !container.image || before === container.image) return []
    return [
      {
        path: [...pod.path, 'spec', 'containers', at, 'image'],
        rule: 'DS-11.1',
        message: `With OnDelete nothing happens by itself: ${name}'s pods keep ${before} until each is deleted (kubectl delete pod …).`,
        fix: { title: 'Update by itself: RollingUpdate', changes: [{ put: ['spec', 'updateStrategy', 'type'], value: 'RollingUpdate' }] },
      },
    ]
  })
}
