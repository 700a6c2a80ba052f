import { useSession } from '#state/use-store.ts'
import { KeysForm } from './KeysForm.tsx'
import { LabelForm } from './LabelForm.tsx'
import { NodeForm } from './NodeForm.tsx'
import { NodeMenu } from './NodeMenu.tsx'
import { TaintForm } from './TaintForm.tsx'

/** The form that is open over the page, if one is. */
export function OpenForm() {
  const form = useSession((state) => state.form)
  switch (form?.kind) {
    case 'taint':
      return <TaintForm node={form.node} />
    case 'label':
      return <LabelForm node={form.node} />
    case 'node-menu':
      return <NodeMenu key={`${form.node} ${form.x} ${form.y}`} node={form.node} x={form.x} y={form.y} />
    case 'node':
      return <NodeForm />
    case 'keys':
      return <KeysForm />
    default:
      return null
  }
}
