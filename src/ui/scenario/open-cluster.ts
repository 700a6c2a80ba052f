import { isKubernetesVersion, versions } from '#k8s/version.ts'
import type { Client } from '#protocol/client.ts'
import type { OpenOptions } from '#protocol/messages.ts'
import { forgetNotices, notify, sessionStore } from '#state/session.ts'
import { terminalStore } from '#state/terminal.ts'
import { complain } from '../actions/run-command.ts'
import { en } from '../text/en.ts'
import { chosenScenario, chosenVersion, rememberInAddress } from './address.ts'
import type { ScenarioSource } from './scenario-source.ts'

/** Starts another cluster; the terminal and what was asked go with the old one. */
export async function openCluster(client: Client, options: OpenOptions): Promise<void> {
  try {
    terminalStore.setState({ lines: [], queue: [] })
    const { version, scenario } = await client.request('open', options)
    forgetNotices()
    sessionStore.setState({
      phase: 'ready',
      failure: undefined,
      version,
      scenario: scenario && { ...scenario, done: 0 },
      scenarioRequest: undefined,
      question: undefined,
      explanation: undefined,
      selectedNode: undefined,
      litNodes: new Set(),
      litTaints: new Set(),
    })
  } catch (error) {
    // refused: the cluster before it stays
    if (!sessionStore.getState().failure) sessionStore.setState({ phase: 'ready' })
    complain(error)
  }
}

/**
 * Opens the scenario with this id, or the default cluster when there is none; `options` go along (version, seed).
 * Resolves to the id that is open.
 */
export async function openScenario(
  client: Client,
  source: ScenarioSource,
  id: string | undefined,
  options: OpenOptions = {},
): Promise<string | undefined> {
  const scenario = id === undefined ? undefined : await source.load(id).catch(() => undefined)
  await openCluster(client, scenario === undefined ? options : { ...options, scenario })
  if (id !== undefined && scenario === undefined) notify('error', en.failure.notFound(id))
  return scenario === undefined ? undefined : id
}

/** Opens what the address names. */
export async function openFromAddress(client: Client, source: ScenarioSource): Promise<void> {
  const version = chosenVersion()
  const isKnown = version === undefined || isKubernetesVersion(version)
  const scenario = await openScenario(client, source, chosenScenario(), version && isKnown ? { version } : {})
  if (!isKnown) notify('error', en.failure.unknownVersion(version, versions))
  // what there is none of would be asked for again and again
  rememberInAddress({ scenario, ...(isKnown ? {} : { version: undefined }) })
}

/** A second click so soon after the first is a double click, which asks for no more than one. */
const doubleClickMs = 500

let begunMs = 0

/** Plays the next step, or all that are left, of the open scenario. Asked again while one is being shown, it shows the end of that. */
export async function playScenario(client: Client, play: 'next' | 'all'): Promise<void> {
  if (sessionStore.getState().scenarioRequest !== undefined) {
    if (performance.now() - begunMs > doubleClickMs) client.request('skip', {}).catch(complain)
    return
  }
  begunMs = performance.now()
  const { id, reply } = client.send('scenario', { play })
  sessionStore.setState({ scenarioRequest: id })
  try {
    const { done } = await reply
    sessionStore.setState(({ scenario }) => ({ scenario: scenario && { ...scenario, done } }))
  } catch (error) {
    complain(error)
  } finally {
    sessionStore.setState(({ scenarioRequest }) => (scenarioRequest === id ? { scenarioRequest: undefined } : {}))
  }
}
