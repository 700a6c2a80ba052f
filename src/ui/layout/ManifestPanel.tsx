import { type MouseEvent, Suspense, useEffect, useState } from 'react'
import { freeDocumentName, openDocument, reopenDocument } from '#state/documents.ts'
import { useDocuments, useSession } from '#state/use-store.ts'
import { workloadActions } from '../actions/index.ts'
import { useCardContext } from '../cards/card-context.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { Button } from '../parts/Button.tsx'
import { Empty } from '../parts/Empty.tsx'
import { late } from '../parts/late.tsx'
import { en } from '../text/en.ts'

const EditorPanel = late(
  () => import('../editor/EditorPanel.tsx'),
  (module) => module.EditorPanel,
)

/** At most so many manifests of a scenario are offered. */
const mostOffered = 3

/** The manifests that the steps of the open scenario apply, each name once. */
function useScenarioManifests() {
  const steps = useSession((state) => state.scenario?.steps)
  const byName = new Map<string, { step: number; name: string; text: string }>()
  steps?.forEach(({ manifest }, at) => {
    if (manifest && !byName.has(manifest.name)) byName.set(manifest.name, { step: at + 1, ...manifest })
  })
  return [...byName.values()].slice(0, mostOffered)
}

/** The editor, loaded when there is something to edit; before that, what to begin with. */
export function ManifestPanel() {
  const context = useCardContext()
  const none = useDocuments((state) => state.documents.length === 0)
  const closed = useDocuments((state) => state.closed[0])
  const ofScenario = useScenarioManifests()
  const [byKey, setByKey] = useState(false)
  // what is opened elsewhere, after all was closed, does not take the focus
  useEffect(() => {
    if (none) setByKey(false)
  }, [none])
  const begin = (open: () => void) => (event: MouseEvent) => {
    // a click by a key counts no presses; a pointer stays where it is, and a phone's keyboard stays away
    setByKey(event.detail === 0)
    open()
  }
  if (none) {
    return (
      <Empty title={en.editor.empty} hint={en.editor.emptyHint}>
        {ofScenario.map(({ step, name, text }) => (
          <Button key={name} onClick={begin(() => openDocument(freeDocumentName(`${name}.yaml`), text))}>
            {en.editor.ofStep(step, name)}
          </Button>
        ))}
        {workloadActions.map((action) => (
          <Button key={action.name} onClick={begin(() => action.run(context))}>
            <action.icon aria-hidden="true" />
            {action.label()}
          </Button>
        ))}
        <Button onClick={begin(() => openDocument(freeDocumentName('manifest.yaml'), ''))}>{en.editor.newDocument}</Button>
        {closed && <Button onClick={begin(() => reopenDocument(closed))}>{en.editor.reopen(closed.document.name)}</Button>}
      </Empty>
    )
  }
  return (
    <Boundary>
      <Suspense fallback={<Empty title={en.panels.manifest} hint={en.editor.loading} />}>
        <EditorPanel client={context.client} takesFocus={byKey} />
      </Suspense>
    </Boundary>
  )
}
