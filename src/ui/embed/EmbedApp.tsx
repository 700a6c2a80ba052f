import { Play } from 'lucide-react'
import { useEffect, useMemo, useRef } from 'react'
import type { Client } from '#protocol/client.ts'
import { sessionStore } from '#state/session.ts'
import { useCluster, useSession } from '#state/use-store.ts'
import { type CardContext, CardContextProvider } from '../cards/card-context.ts'
import { NodeCard } from '../cards/NodeCard.tsx'
import { PodTiles } from '../cards/PodTiles.tsx'
import { useTray } from '../cards/use-tray.ts'
import { useExplanation } from '../inspector/use-explanation.ts'
import { Button } from '../parts/Button.tsx'
import { Notices } from '../parts/Notices.tsx'
import { TooltipLayer } from '../parts/TooltipLayer.tsx'
import { FailureBar } from '../scenario/FailureBar.tsx'
import type { ScenarioEntry } from '../scenario/scenario-source.ts'
import { Terminal } from '../terminal/Terminal.tsx'
import { embedText } from '../text/embed.ts'
import { en } from '../text/en.ts'
import styles from './EmbedApp.module.css'
import { EmbedBar } from './EmbedBar.tsx'
import { EmbedCommand } from './EmbedCommand.tsx'
import { EmbedNumbers } from './EmbedNumbers.tsx'
import { EmbedStory } from './EmbedStory.tsx'
import { EmbedTimeline } from './EmbedTimeline.tsx'
import type { EmbedParameters } from './parameters.ts'
import { reportHeight } from './report-height.ts'
import { useEngine } from './use-engine.ts'
import { useVisibility } from './use-visibility.ts'

/** Forms have no room in an embed; the terminal can do the same. */
const withoutForms: ReadonlySet<string> = new Set(['taint', 'label'])

function Cards() {
  const names = useCluster((state) => state.nodeNames)
  const tray = useTray()
  return (
    <div className={styles.cards}>
      {tray.podKeys.length > 0 && (
        <section className={styles.waiting} aria-label={tray.title} data-tip={tray.hint}>
          {tray.title}
          <PodTiles podKeys={tray.podKeys} node={undefined} />
        </section>
      )}
      {names.map((name) => (
        <div key={name} className={styles.card}>
          <NodeCard name={name} />
        </div>
      ))}
    </div>
  )
}

function Running({ client, title, terminal, onReset }: { client: Client; title: string; terminal: boolean; onReset(): void }) {
  const context = useMemo<CardContext>(
    () => ({ client, ask: (question) => sessionStore.setState({ question, explanation: undefined }), without: withoutForms }),
    [client],
  )
  const announcement = useSession((state) => state.announcement)
  useExplanation(client)
  return (
    <CardContextProvider value={context}>
      <EmbedBar title={title} onReset={onReset} />
      <FailureBar client={client} onRestart={onReset} />
      <Cards />
      <EmbedNumbers />
      <EmbedStory />
      <EmbedTimeline />
      {terminal ? (
        <div className={styles.terminal}>
          <Terminal />
        </div>
      ) : (
        <EmbedCommand />
      )}
      <div role="status" className="visually-hidden">
        {announcement}
      </div>
    </CardContextProvider>
  )
}

/** What is there before the engine is: the nodes the scenario begins with, and the button that starts it. */
function Poster({ title, nodes, state, onStart }: { title: string; nodes: readonly string[]; state: string; onStart(): void }) {
  return (
    <>
      <header className={styles.posterBar}>
        <h1>{title}</h1>
        <Button look="primary" disabled={state === 'starting'} onClick={onStart}>
          <Play aria-hidden="true" />
          {state === 'starting' ? embedText.loading : embedText.start}
        </Button>
      </header>
      <div className={styles.cards} aria-hidden="true">
        {nodes.map((name) => (
          <div key={name} className={`${styles.card} ${styles.blank}`}>
            {name}
          </div>
        ))}
      </div>
      {state === 'failed' && <p role="alert">{embedText.failed}</p>}
    </>
  )
}

const defaultNodes = ['worker-0', 'worker-1']

/** The playground for a frame in an article: the picture, the scenario's steps, the terminal; no editor. */
export function EmbedApp({ index, parameters }: { index: readonly ScenarioEntry[]; parameters: EmbedParameters }) {
  const box = useRef<HTMLElement>(null)
  const engine = useEngine(index, parameters)
  const entry = index.find((one) => one.id === parameters.scenario)
  const opened = useSession((state) => state.scenario?.title)
  const title = opened ?? entry?.title ?? en.name
  useVisibility(box, engine.client, parameters.startOnClick ? undefined : engine.start)
  useEffect(() => (box.current ? reportHeight(box.current) : undefined), [])
  return (
    <main ref={box} className={styles.embed} data-embed>
      {engine.client ? (
        <Running client={engine.client} title={title} terminal={parameters.terminal} onReset={engine.reset} />
      ) : (
        <Poster title={title} nodes={entry?.nodes ?? defaultNodes} state={engine.state} onStart={engine.start} />
      )}
      <Notices />
      <TooltipLayer />
    </main>
  )
}
