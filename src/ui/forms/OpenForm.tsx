import { type ReactNode, Suspense } from 'react'
import { closeForm, type Form } from '#state/session.ts'
import { useSession } from '#state/use-store.ts'
import { Boundary } from '../parts/Boundary.tsx'
import { Dialog } from '../parts/Dialog.tsx'
import { late, tryAgain } from '../parts/late.tsx'
import type { ScenarioSource } from '../scenario/scenario-source.ts'
import { en } from '../text/en.ts'

const AheadForm = late(
  () => import('./AheadForm.tsx'),
  (module) => module.AheadForm,
)

const CompareForm = late(
  () => import('../compare/CompareForm.tsx'),
  (module) => module.CompareForm,
)

const KeysForm = late(
  () => import('./KeysForm.tsx'),
  (module) => module.KeysForm,
)

const LabelForm = late(
  () => import('./LabelForm.tsx'),
  (module) => module.LabelForm,
)

const NodeForm = late(
  () => import('./NodeForm.tsx'),
  (module) => module.NodeForm,
)

const RuleDialog = late(
  () => import('../rules/RuleDialog.tsx'),
  (module) => module.RuleDialog,
)

const TaintForm = late(
  () => import('./TaintForm.tsx'),
  (module) => module.TaintForm,
)

const notLoaded = () => (
  <Dialog
    title={en.failure.part}
    onClose={() => {
      tryAgain()
      closeForm()
    }}
  >
    <p>{en.failure.partHint}</p>
  </Dialog>
)

function formOf(form: Form, scenarios: ScenarioSource): ReactNode {
  switch (form.kind) {
    case 'taint':
      return <TaintForm node={form.node} />
    case 'ahead':
      return <AheadForm line={form.line} />
    case 'label':
      return <LabelForm node={form.node} />
    case 'node':
      return <NodeForm />
    case 'keys':
      return <KeysForm />
    case 'compare':
      return <CompareForm scenarios={scenarios} />
    case 'rule':
      return <RuleDialog key={form.rule} rule={form.rule} />
    default:
      return null
  }
}

/** The form that is open over the page, if one is; a node's menu belongs to the canvas. */
export function OpenForm({ scenarios }: { scenarios: ScenarioSource }) {
  const form = useSession((state) => state.form)
  if (!form) return null
  return (
    <Boundary key={form.kind} fallback={notLoaded}>
      <Suspense fallback={null}>{formOf(form, scenarios)}</Suspense>
    </Boundary>
  )
}
