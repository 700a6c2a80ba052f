import { type FormEvent, useRef, useState } from 'react'
import { newestVersion, versions } from '#k8s/version.ts'
import type { Comparison } from '#protocol/compare.ts'
import { closeForm } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import type { ScenarioEntry, ScenarioSource } from '../scenario/scenario-source.ts'
import { compareText as text } from '../text/compare.ts'
import { en } from '../text/en.ts'
import { useProgress } from '../use-progress.ts'
import styles from './CompareForm.module.css'
import { CompareResult } from './CompareResult.tsx'

/** Chosen when no scenario is open: what happens in it changed. */
const example = 'noschedule-taint'
const [oldestVersion] = versions

/** What each scenario is called in a list: by its title, and by its id, too, where others have the same. */
function optionsOf(index: readonly ScenarioEntry[]): { id: string; text: string }[] {
  const known = new Set<string>()
  const shared = new Set(index.map(({ title }) => title).filter((title) => known.size === known.add(title).size))
  const options = index.map(({ id, title }) => ({ id, isShared: shared.has(title), text: shared.has(title) ? text.optionOf(title, id) : title }))
  return options.sort((a, b) => Number(a.isShared) - Number(b.isShared))
}

function VersionField({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  return (
    <label>
      {label}
      <select value={value} onChange={(event) => onChange(event.target.value)}>
        {[...versions].reverse().map((version) => (
          <option key={version}>{version}</option>
        ))}
      </select>
    </label>
  )
}

/** One scenario on two versions: what to compare, and below it what differs. */
export function CompareForm({ scenarios }: { scenarios: ScenarioSource }) {
  const { client } = useCardContext()
  const open = useSession((state) => state.scenario?.id)
  const version = useSession((state) => state.version) || newestVersion
  const first = [open, example, scenarios.index[0]?.id].find((id) => scenarios.index.some((entry) => entry.id === id)) ?? ''
  const [id, setId] = useState(first)
  const [a, setA] = useState<string>(version === oldestVersion ? newestVersion : oldestVersion)
  const [b, setB] = useState<string>(version)
  const [busy, setBusy] = useState(false)
  const [request, setRequest] = useState<number>()
  const progress = useProgress(client, request)
  /** Rises with every comparison that begins or is stopped: what comes of earlier ones is of no interest. */
  const turn = useRef(0)
  const [result, setResult] = useState<Comparison>()
  const [error, setError] = useState<string>()
  const stop = () => {
    turn.current += 1
    setBusy(false)
    setRequest(undefined)
  }
  const compare = async (isWanted: () => boolean) => {
    const scenario = await scenarios.load(id)
    if (scenario === undefined) throw new Error(en.failure.notFound(id))
    if (!isWanted()) return undefined
    const { id: asked, reply } = client.send('compare', { scenario, versions: [a, b] })
    setRequest(asked)
    return reply
  }
  const run = async () => {
    stop()
    const now = turn.current
    const isWanted = () => turn.current === now
    setBusy(true)
    setError(undefined)
    setResult(undefined)
    try {
      const found = await compare(isWanted)
      if (isWanted()) setResult(found)
    } catch (caught) {
      if (isWanted()) setError(caught instanceof Error ? caught.message : String(caught))
    }
    if (isWanted()) stop()
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!busy) void run()
  }
  return (
    <Dialog title={text.title} wide onClose={() => closeForm()}>
      <p className={styles.hint}>{text.hint}</p>
      <form className={styles.form} onSubmit={submit}>
        <label className={styles.grow}>
          {text.scenario}
          <select value={id} onChange={(event) => setId(event.target.value)}>
            {optionsOf(scenarios.index).map((option) => (
              <option key={option.id} value={option.id}>
                {option.text}
              </option>
            ))}
          </select>
        </label>
        <VersionField label={text.left} value={a} onChange={setA} />
        <VersionField label={text.right} value={b} onChange={setB} />
        {busy ? (
          <Button onClick={stop}>{text.stop}</Button>
        ) : (
          <Button look="primary" type="submit">
            {text.run}
          </Button>
        )}
      </form>
      {busy && (
        <p role="status" className={styles.running}>
          {text.running}
          <progress value={progress?.done ?? 0} max={progress?.total ?? 1} aria-label={text.running} />
        </p>
      )}
      {error === undefined ? null : (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      {result && <CompareResult result={result} />}
    </Dialog>
  )
}
