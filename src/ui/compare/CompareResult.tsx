import { Fragment } from 'react'
import type { ComparedStep, Comparison, Difference } from '#protocol/compare.ts'
import { Empty } from '../parts/Empty.tsx'
import { compareText as text } from '../text/compare.ts'
import styles from './CompareResult.module.css'

/** Columns of a printed table, closer together: lines without their table align with nothing. */
const squeeze = (line: string) => line.replace(/(?<=\S) {3,}/g, '  ')

type Versions = Comparison['versions']

function Lines({ lines, version }: { lines: readonly string[]; version: string }) {
  return (
    <td data-version={text.version(version)} data-empty={lines.length === 0 || undefined}>
      {lines.length === 0
        ? text.none
        : lines.map((line, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <code key={at}>{squeeze(line)}</code>
          ))}
    </td>
  )
}

function Differences({ differences, versions: [a, b], label }: { differences: readonly Difference[]; versions: Versions; label: string }) {
  return (
    <table className={styles.table} aria-label={label}>
      <thead>
        <tr>
          <th scope="col">{text.part}</th>
          <th scope="col">{text.version(a)}</th>
          <th scope="col">{text.version(b)}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => (
          <tr key={difference.part}>
            <th scope="row">{text.parts[difference.part]}</th>
            <Lines lines={difference.a} version={a} />
            <Lines lines={difference.b} version={b} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Step({ step, versions }: { step: ComparedStep; versions: Versions }) {
  const same = step.differences.length === 0
  return (
    <li className={styles.step} data-same={same || undefined}>
      <div className={styles.head}>
        <code>{step.text}</code>
        {same && <span className={styles.same}>{text.sameStep}</span>}
      </div>
      {same ? null : <Differences differences={step.differences} versions={versions} label={step.text} />}
    </li>
  )
}

function Changes({ changes, versions }: Pick<Comparison, 'changes' | 'versions'>) {
  if (changes.length === 0) return null
  const [from, to] = [...versions].sort()
  return (
    <details className={styles.changes} open={changes.length <= 20}>
      <summary>{text.changes(changes.length, from ?? '', to ?? '')}</summary>
      <dl>
        {[...new Set(changes.map(({ since }) => since))].map((since) => (
          <Fragment key={since}>
            <dt>{text.since(since)}</dt>
            {changes.map((change) => (change.since === since ? <dd key={change.what}>{change.what}</dd> : null))}
          </Fragment>
        ))}
      </dl>
    </details>
  )
}

/** What differs after each step, side by side; and what changed between the two versions. */
export function CompareResult({ result: { title, versions, steps, changes } }: { result: Comparison }) {
  const differing = steps.filter(({ differences }) => differences.length > 0).length
  return (
    <section className={styles.result} aria-label={text.what(title, ...versions)}>
      <h3>{text.what(title, ...versions)}</h3>
      <p role="status" className={styles.summary}>
        {text.summary(differing, steps.length)}
      </p>
      <Changes changes={changes} versions={versions} />
      {differing === 0 ? (
        <Empty title={text.same} hint={text.sameHint} />
      ) : (
        <ol className={styles.steps} aria-label={text.steps}>
          {steps.map((step, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps never move
            <Step key={at} step={step} versions={versions} />
          ))}
        </ol>
      )}
    </section>
  )
}
