import { Suspense } from 'react'
import { showPanel } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { Tabs } from '../parts/Tabs.tsx'
import { en } from '../text/en.ts'
import styles from './Layout.module.css'
import { panels, type ShownPanel } from './panels.tsx'

/** A part of the page that shows one of several panels: the one asked for last. */
export function Region({ label, ids }: { label: string; ids: readonly ShownPanel[] }) {
  const active = useSession((state) => (state.panels.findLast((panel) => (ids as readonly string[]).includes(panel)) ?? ids[0]) as ShownPanel)
  const Panel = panels[active]
  return (
    <Tabs label={label} tabs={ids.map((id) => ({ id, label: en.panels[id] }))} active={active} onChange={showPanel}>
      <Boundary key={active}>
        <div className={styles.panel} data-panel={active}>
          <Suspense fallback={null}>
            <Panel />
          </Suspense>
        </div>
      </Boundary>
    </Tabs>
  )
}

/** A panel that needs no tab. */
export function Single({ id }: { id: ShownPanel }) {
  const Panel = panels[id]
  return (
    <Boundary>
      <div className={styles.single} data-panel={id}>
        <Panel />
      </div>
    </Boundary>
  )
}
