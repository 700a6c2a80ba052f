import { useEffect, useState } from 'react'
import type { ObjectRef } from '#protocol/api-client.ts'
import type { Client } from '#protocol/client.ts'
import type { Question } from '#protocol/explain.ts'
import type { LiveText } from '#protocol/live.ts'
import { keyOf } from '#state/key.ts'
import { useCluster, useDocuments, useSession } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Empty } from '../parts/Empty.tsx'
import { liveText } from '../text/live.ts'
import { LiveLines } from './LiveLines.tsx'
import styles from './LivePanel.module.css'

/** The object a question is about. */
function refOf(question: Question | undefined): ObjectRef | undefined {
  if (!question) return undefined
  if (question.about === 'node') return { kind: 'Node', name: question.name }
  if (question.about === 'pod') return { kind: 'Pod', namespace: question.namespace, name: question.name }
  return { kind: 'DaemonSet', namespace: question.namespace, name: question.daemonset }
}

const nameOf = ({ kind, namespace, name }: ObjectRef) => `${kind} ${namespace && namespace !== 'default' ? `${namespace}/` : ''}${name}`

/** What the open manifest describes, whether it exists or not; undefined as long as that is not known. */
function useDescribed(client: Client): readonly ObjectRef[] | undefined {
  const text = useDocuments((state) => state.documents.find(({ name }) => name === state.active)?.text ?? '')
  const [objects, setObjects] = useState<readonly ObjectRef[]>()
  useEffect(() => {
    let current = true
    client.request('examine', { text }).then(
      (found) => current && setObjects(found.objects),
      () => current && setObjects([]),
    )
    return () => {
      current = false
    }
  }, [client, text])
  return objects
}

interface Objects {
  objects: readonly ObjectRef[]
  /** Whether that is all there is. */
  isKnown: boolean
  ref: ObjectRef | undefined
  choose(name: string): void
}

/** What can be looked at: what was asked about last, then what the open manifest describes. */
function useObjects(client: Client): Objects {
  const question = useSession((state) => state.question)
  const described = useDescribed(client)
  const [chosen, setChosen] = useState<{ name: string; question: Question | undefined }>()
  const asked = refOf(question)
  const objects = [...new Map([...(asked ? [asked] : []), ...(described ?? [])].map((one) => [nameOf(one), one])).values()]
  // a new question is newer than what was chosen
  const ref = (chosen?.question === question && objects.find((one) => nameOf(one) === chosen?.name)) || objects[0]
  return { objects, isKnown: described !== undefined, ref, choose: (name) => setChosen({ name, question }) }
}

/** What was asked about last, or what the open manifest describes, as the API server stores it; follows every change. */
export function LivePanel() {
  const { client } = useCardContext()
  const { objects, isKnown, ref, choose } = useObjects(client)
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
  if (!ref) return isKnown && <Empty title={liveText.empty} hint={liveText.emptyHint} />
  return (
    <>
      <label className={styles.object}>
        {liveText.object}
        <select value={nameOf(ref)} onChange={({ target }) => choose(target.value)}>
          {objects.map((one) => (
            <option key={nameOf(one)}>{nameOf(one)}</option>
          ))}
        </select>
      </label>
      {!object && <Empty title={nameOf(ref)} hint={liveText.absent} />}
      {object && live && <LiveLines live={live} label={nameOf(ref)} />}
    </>
  )
}
