import { type FormEvent, useState } from 'react'
import { newestVersion, versions } from '#k8s/version.ts'
import type { Comparison } from '#protocol/compare.ts'
import { closeForm } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Button } from '../parts/Button.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import type { ScenarioSource } from '../scenario/scenario-source.ts'
import { compareText as text } from '../text/compare.ts'
import { en } from '../text/en.ts'
import styles from './CompareForm.module.css'
import { CompareResult } from './CompareResult.tsx'

/** Chosen when no scenario is open: what happens in it changed. */
const example = 'noschedule-taint'
const [oldestVersion] = versions

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
  const [result, setResult] = useState<Comparison>()
  const [error, setError] = useState<string>()
  const run = async () => {
    setBusy(true)
    setError(undefined)
    setResult(undefined)
    try {
      const scenario = await scenarios.load(id)
      if (scenario === undefined) throw new Error(en.failure.notFound(id))
      setResult(await client.request('compare', { scenario, versions: [a, b] }))
    } catch (caught) {
      setError(caught instanceof Error ? caught.message : String(caught))
    } finally {
      setBusy(false)
    }
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
            {scenarios.index.map((entry) => (
              <option key={entry.id} value={entry.id}>
                {entry.title}
              </option>
            ))}
          </select>
        </label>
        <VersionField label={text.left} value={a} onChange={setA} />
        <VersionField label={text.right} value={b} onChange={setB} />
        <Button look="primary" type="submit" aria-disabled={busy}>
          {busy ? text.running : text.run}
        </Button>
      </form>
      {error === undefined ? null : (
        <p role="alert" className={styles.error}>
          {error}
        </p>
      )}
      {result && <CompareResult result={result} />}
    </Dialog>
  )
}
