import { Telescope } from 'lucide-react'
import { useMemo } from 'react'
import { closeForm, openForm } from '#state/session.ts'
import { useCluster, useSession } from '#state/use-store.ts'
import { nodeActions } from '../actions/index.ts'
import { keyText } from '../actions/key-text.ts'
import { useCardContext } from '../cards/card-context.ts'
import { MenuPopup } from '../parts/MenuPopup.tsx'
import { en } from '../text/en.ts'

/** What can be done with a node, as a menu where the pointer was, when it was asked for. */
export function NodeMenu() {
  const form = useSession((state) => state.form)
  return form?.kind === 'node-menu' ? <Menu key={`${form.node} ${form.x} ${form.y}`} node={form.node} x={form.x} y={form.y} /> : null
}

function Menu({ node: name, x, y }: { node: string; x: number; y: number }) {
  const context = useCardContext()
  const node = useCluster((state) => state.tables.Node.get(name))
  const anchor = useMemo(() => ({ x, y }), [x, y])
  if (!node) return null
  const items = nodeActions
    .filter((action) => action.offered?.(node) ?? true)
    .flatMap((action) => {
      const line = action.line?.(node)
      const own = {
        key: action.name,
        label: action.label(node),
        ...(action.shortcut ? { keys: keyText(action.shortcut) } : {}),
        icon: <action.icon />,
        run: () => action.run(context, node),
      }
      if (line === undefined) return [own]
      const ahead = {
        key: `${action.name}-ahead`,
        label: en.actions.ahead(action.label(node)),
        icon: <Telescope />,
        run: () => openForm({ kind: 'ahead', line }),
      }
      return [own, ahead]
    })
  return <MenuPopup label={en.node.toolbar(name)} items={items} anchor={anchor} onClose={closeNodeMenu} />
}

/** An item may have opened a form meanwhile. */
function closeNodeMenu(): void {
  closeForm('node-menu')
}
