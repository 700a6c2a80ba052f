import { useEffect, useState } from 'react'
import type { ObjectRef } from '#protocol/api-client.ts'
import type { Question } from '#protocol/explain.ts'
import type { LiveText } from '#protocol/live.ts'
import { keyOf } from '#state/key.ts'
import { useCluster, useSession } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Empty } from '../parts/Empty.tsx'
import { en } from '../text/en.ts'
import { LiveLines } from './LiveLines.tsx'

/** The object a question is about. */
function refOf(question: Question | undefined): ObjectRef | undefined {
  if (!question) return undefined
  if (question.about === 'node') return { kind: 'Node', name: question.name }
  if (question.about === 'pod') return { kind: 'Pod', namespace: question.namespace, name: question.name }
  return { kind: 'DaemonSet', namespace: question.namespace, name: question.daemonset }
}

/** What was asked about last, as the API server stores it; follows every change. */
export function LivePanel() {
  const { client } = useCardContext()
  const ref = refOf(useSession((state) => state.question))
  const object = useCluster((state) => (ref ? state.tables[ref.kind].get(keyOf(ref.namespace, ref.name)) : undefined))
  const [live, setLive] = useState<LiveText>()
  const { kind, namespace, name } = ref ?? {}
  useEffect(() => {
    if (!kind || !name || !object) {
      setLive(undefined)
      return
    }
    let current = true
    client.request('yaml', { ref: { kind, name, ...(namespace ? { namespace } : {}) } }).then(
      (answer) => current && setLive(answer ?? undefined),
      () => current && setLive(undefined),
    )
    return () => {
      current = false
    }
  }, [client, kind, namespace, name, object])
  if (!ref) return <Empty title={en.live.empty} hint={en.live.emptyHint} />
  if (!object) return <Empty title={`${ref.kind} ${ref.name}`} hint={en.live.gone} />
  return live && <LiveLines live={live} label={`${ref.kind} ${ref.name}`} />
}
