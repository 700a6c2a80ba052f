import { useState } from 'react'
import type { LineOrigin, LiveText } from '#protocol/live.ts'
import { ScrollRegion } from '../parts/ScrollRegion.tsx'
import { liveText } from '../text/live.ts'
import styles from './LivePanel.module.css'

interface Run {
  origin: LineOrigin
  text: string
}

/** Neighbouring lines of one origin together. */
function runsOf({ text, origins }: LiveText, shown: (origin: LineOrigin) => boolean): Run[] {
  const runs: Run[] = []
  for (const [at, line] of text.replace(/\n$/, '').split('\n').entries()) {
    const origin = origins[at] ?? 'user'
    if (!shown(origin)) continue
    const last = runs.at(-1)
    if (last?.origin === origin) last.text += `\n${line}`
    else runs.push({ origin, text: line })
  }
  return runs
}

/** What is left of a long line stands a little deeper than its beginning. */
function hanging(line: string) {
  const indent = `${line.search(/[^ ]|$/) + 2}ch`
  return { paddingLeft: indent, textIndent: `-${indent}` }
}

/** A stored object with, beside the lines that nobody wrote, who put them there. */
export function LiveLines({ live, label }: { live: LiveText; label: string }) {
  const [added, setAdded] = useState(true)
  const [status, setStatus] = useState(true)
  const [managed, setManaged] = useState(false)
  const runs = runsOf(live, (origin) => {
    if (origin === 'managed') return managed
    return origin === 'user' || (origin === 'status' ? status : added)
  })
  return (
    <>
      <fieldset className={styles.switches}>
        <legend className="visually-hidden">{liveText.show}</legend>
        <label>
          <input type="checkbox" checked={added} onChange={() => setAdded(!added)} />
          {liveText.added}
        </label>
        <label>
          <input type="checkbox" checked={status} onChange={() => setStatus(!status)} />
          {liveText.status}
        </label>
        {live.origins.includes('managed') && (
          <label>
            <input type="checkbox" checked={managed} onChange={() => setManaged(!managed)} />
            {liveText.managed}
          </label>
        )}
      </fieldset>
      <ScrollRegion className={styles.live} label={label}>
        {runs.map(({ origin, text }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: runs have no other identity
          <div key={at} className={styles.run} data-origin={origin}>
            {origin !== 'user' && <small>{liveText.origins[origin]}</small>}
            <pre>
              {text.split('\n').map((line, number) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: nor have lines
                <span key={number} style={hanging(line)}>
                  {line}
                  {'\n'}
                </span>
              ))}
            </pre>
          </div>
        ))}
      </ScrollRegion>
    </>
  )
}
