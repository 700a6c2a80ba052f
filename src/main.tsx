import './ui/styles/tokens.css'
import './ui/styles/reset.css'
import './ui/styles/loading.css'
import { loadScenario, scenarioIndex } from 'virtual:scenarios'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createClient } from '#protocol/client.ts'
import { createWorkerTransport } from '#protocol/worker-transport.ts'
import { keepDocuments } from '#state/document-storage.ts'
import { followEngine } from '#state/engine.ts'
import { keepHistory } from '#state/history-storage.ts'
import { notify } from '#state/session.ts'
import { followTheme } from '#state/settings.ts'
import { App } from '#ui/App.tsx'
import { Boundary } from '#ui/parts/Boundary.tsx'
import { ignoreSecondClicks } from '#ui/parts/double-click.ts'
import { keepFocus } from '#ui/parts/keep-focus.ts'
import { providePopovers } from '#ui/parts/popovers.ts'
import { openFromAddress } from '#ui/scenario/open-cluster.ts'
import { en } from '#ui/text/en.ts'

const startWorker = () => new Worker(new URL('./engine/worker-entry.ts', import.meta.url), { type: 'module' })
const client = createClient(createWorkerTransport(startWorker))
const scenarios = { index: scenarioIndex, load: loadScenario }

ignoreSecondClicks(document)
keepFocus(document)
followTheme(document.documentElement)
followEngine(client)
keepDocuments(() => notify('error', en.editor.full))
keepHistory()
void openFromAddress(client, scenarios)

const root = createRoot(document.getElementById('root') as HTMLElement)
void providePopovers().then(() =>
  root.render(
    <StrictMode>
      <Boundary>
        <App client={client} scenarios={scenarios} />
      </Boundary>
    </StrictMode>,
  ),
)
