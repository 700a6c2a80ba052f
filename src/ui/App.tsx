import { useMemo } from 'react'
import type { Client } from '#protocol/client.ts'
import { openForm } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import styles from './App.module.css'
import { useKeys } from './actions/use-keys.ts'
import { type CardContext, CardContextProvider } from './cards/card-context.ts'
import { OpenForm } from './forms/OpenForm.tsx'
import { askWhy, useExplanation } from './inspector/use-explanation.ts'
import { Layout } from './layout/Layout.tsx'
import { TooltipLayer } from './parts/TooltipLayer.tsx'
import { FailureBar } from './scenario/FailureBar.tsx'
import { openFromAddress } from './scenario/open-cluster.ts'
import type { ScenarioSource } from './scenario/scenario-source.ts'
import { TopBar } from './topbar/TopBar.tsx'

const nothing: ReadonlySet<string> = new Set()

function Announcer() {
  const announcement = useSession((state) => state.announcement)
  return (
    <div role="status" className="visually-hidden">
      {announcement}
    </div>
  )
}

/** The full page. */
export function App({ client, scenarios }: { client: Client; scenarios: ScenarioSource }) {
  const context = useMemo<CardContext>(
    () => ({ client, ask: askWhy, openMenu: (node, x, y) => openForm({ kind: 'node-menu', node, x, y }), without: nothing }),
    [client],
  )
  useKeys(context)
  useExplanation(client)
  return (
    <CardContextProvider value={context}>
      <div className={styles.app}>
        <TopBar scenarios={scenarios} />
        <FailureBar client={client} onRestart={() => void openFromAddress(client, scenarios)} />
        <Layout />
      </div>
      <OpenForm scenarios={scenarios} />
      <Announcer />
      <TooltipLayer />
    </CardContextProvider>
  )
}
