interface EngineScript {
  /** Source of the worker, as one classic script. */
  source: string
  scenarios: Readonly<Record<string, string>>
}

declare global {
  var daemonsetPlaygroundEngine: EngineScript | undefined
}

// Read while this script runs: later there is no current script.
const address = (document.currentScript as HTMLScriptElement | null)?.dataset.engine

function addScript(src: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const script = document.createElement('script')
    script.src = src
    script.onload = () => resolve()
    script.onerror = () => reject(new Error(`could not load ${src}`))
    document.head.append(script)
  })
}

/**
 * Fetches the engine. In a frame without an origin neither module scripts nor fetches nor worker addresses are allowed, so
 * the engine comes as text in a classic script, and the worker from a blob.
 */
export async function loadEngine(): Promise<{ startWorker(): Worker; scenarios: EngineScript['scenarios'] }> {
  if (!globalThis.daemonsetPlaygroundEngine && address) await addScript(address)
  const engine = globalThis.daemonsetPlaygroundEngine
  if (!engine) throw new Error('the engine is missing')
  const startWorker = () => {
    const url = URL.createObjectURL(new Blob([engine.source], { type: 'text/javascript' }))
    // Some browsers fetch the worker's source only after this turn.
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
    return new Worker(url)
  }
  return { startWorker, scenarios: engine.scenarios }
}
