import { type CSSProperties, useRef, useState } from 'react'
import { changeSettings } from '#state/settings.ts'
import { useSettings } from '#state/use-store.ts'
import { Canvas } from '../canvas/Canvas.tsx'
import { Boundary } from '../parts/Boundary.tsx'
import { Splitter } from '../parts/Splitter.tsx'
import { en } from '../text/en.ts'
import styles from './Layout.module.css'
import { Region, Single } from './Region.tsx'
import { useLayoutSize } from './use-layout-size.ts'

const percent = (value: number) => `${value * 100}%`
const share = (value: number) => ({ flexBasis: percent(value) })

/** Story panels beside the editor where there is room, in one row of tabs where there is less. */
function Aside({ two }: { two: boolean }) {
  const split = useSettings((state) => state.asideSplit)
  const [told, setTold] = useState(0.72)
  const top = useRef<HTMLDivElement>(null)
  // while it is told what would happen, the text needs its room beside it: the bar has another place then
  const move = (value: number) => (top.current?.querySelector('[data-unfolded]') ? setTold(value) : changeSettings({ asideSplit: value }))
  if (!two) return <Region label={en.panels.label} ids={['manifest', 'reaction', 'why', 'events', 'live']} />
  return (
    <div className={styles.column}>
      <div ref={top} className={`${styles.fixed} ${styles.split}`} style={{ '--split': percent(split), '--told': percent(told) } as CSSProperties}>
        <Region label={en.panels.manifest} ids={['manifest', 'live']} />
      </div>
      <Splitter label={en.panels.resize(en.panels.manifest)} direction="horizontal" value={split} min={0.2} max={0.8} onChange={move} />
      <div className={styles.rest}>
        <Region label={en.panels.reaction} ids={['reaction', 'why', 'events']} />
      </div>
    </div>
  )
}

function Footer() {
  const split = useSettings((state) => state.footerSplit)
  return (
    <div className={styles.row}>
      <div className={styles.fixed} style={share(split)}>
        <Single id="timeline" />
      </div>
      <Splitter
        label={en.panels.resize(en.panels.timeline)}
        direction="vertical"
        value={split}
        min={0.2}
        max={0.8}
        onChange={(footerSplit) => changeSettings({ footerSplit })}
      />
      <div className={styles.rest}>
        <Single id="terminal" />
      </div>
    </div>
  )
}

function Narrow() {
  return (
    <main className={`${styles.column} ${styles.narrow}`}>
      <div className={styles.narrowCanvas}>
        <Boundary>
          <Canvas />
        </Boundary>
      </div>
      <div className={styles.narrowPanels}>
        <Region label={en.panels.label} ids={['terminal', 'reaction', 'why', 'manifest', 'timeline', 'events', 'live']} />
      </div>
    </main>
  )
}

/** Canvas, panels beside it, timeline and terminal below; the bars between them can be dragged. */
export function Layout() {
  const size = useLayoutSize()
  const { asideWidth, footerHeight } = useSettings((state) => state)
  if (size === 'narrow') return <Narrow />
  return (
    <main className={styles.column}>
      <div className={styles.fixed} style={share(1 - footerHeight)}>
        <div className={styles.row}>
          <div className={`${styles.fixed} ${styles.beside}`} style={share(1 - asideWidth)}>
            <Boundary>
              <Canvas />
            </Boundary>
          </div>
          <Splitter
            label={en.panels.resize(en.panels.label)}
            direction="vertical"
            value={1 - asideWidth}
            min={0.35}
            max={0.8}
            onChange={(value) => changeSettings({ asideWidth: 1 - value })}
          />
          <aside className={styles.rest} aria-label={en.panels.label}>
            <Aside two={size === 'wide'} />
          </aside>
        </div>
      </div>
      <Splitter
        label={en.panels.resize(en.panels.terminal)}
        direction="horizontal"
        value={1 - footerHeight}
        min={0.3}
        max={0.92}
        onChange={(value) => changeSettings({ footerHeight: 1 - value })}
      />
      <div className={styles.rest}>
        <Footer />
      </div>
    </main>
  )
}
