import { loadEngine } from 'virtual:embed-engine'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type Client, createClient } from '#protocol/client.ts'
import { createWorkerTransport } from '#protocol/worker-transport.ts'
import { followEngine } from '#state/engine.ts'
import { sessionStore } from '#state/session.ts'
import { openScenario, playScenario } from '../scenario/open-cluster.ts'
import type { ScenarioEntry, ScenarioSource } from '../scenario/scenario-source.ts'
import type { EmbedParameters } from './parameters.ts'

export interface EmbedEngine {
  client: Client | undefined
  state: 'waiting' | 'starting' | 'running' | 'failed'
  start(): void
  reset(): void
}

/** Starts the engine once, when told to, and opens the scenario of the address. */
export function useEngine(index: readonly ScenarioEntry[], { scenario, version, playAll }: EmbedParameters): EmbedEngine {
  const [state, setState] = useState<EmbedEngine['state']>('waiting')
  const [client, setClient] = useState<Client>()
  const source = useRef<ScenarioSource>(undefined)
  const started = useRef(false)

  const start = useCallback(() => {
    if (started.current) return
    started.current = true
    setState('starting')
    loadEngine()
      .then(async ({ startWorker, scenarios }) => {
        const made = createClient(createWorkerTransport(startWorker))
        source.current = { index, load: async (id) => (Object.hasOwn(scenarios, id) ? scenarios[id] : undefined) }
        followEngine(made)
        const opened = await openScenario(made, source.current, scenario, { version })
        setClient(made)
        setState('running')
        if (playAll && opened) void playScenario(made, 'all')
      })
      .catch(() => setState('failed'))
  }, [index, scenario, version, playAll])

  const reset = useCallback(() => {
    if (!client || !source.current) return
    sessionStore.setState({ question: undefined, explanation: undefined })
    void openScenario(client, source.current, scenario, { version })
  }, [client, scenario, version])

  useEffect(() => () => client?.close(), [client])
  return { client, state, start, reset }
}
