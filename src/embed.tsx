import './ui/styles/tokens.css'
import './ui/styles/reset.css'
import { scenarioIndex } from 'virtual:scenario-index'
import { createRoot } from 'react-dom/client'
import { EmbedApp } from '#ui/embed/EmbedApp.tsx'
import { readParameters } from '#ui/embed/parameters.ts'
import { Boundary } from '#ui/parts/Boundary.tsx'
import { ignoreSecondClicks } from '#ui/parts/double-click.ts'
import { keepFocus } from '#ui/parts/keep-focus.ts'
import { providePopovers } from '#ui/parts/popovers.ts'

const parameters = readParameters(location.search)
if (parameters.theme) document.documentElement.dataset.theme = parameters.theme

ignoreSecondClicks(document)
keepFocus(document)
const root = createRoot(document.getElementById('root') as HTMLElement)
void providePopovers().then(() =>
  root.render(
    <Boundary>
      <EmbedApp index={scenarioIndex} parameters={parameters} />
    </Boundary>,
  ),
)
