import { expect, Playground, test } from './playground.ts'

const manifest = (name: string) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: ${name}
spec:
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      nodeSelector:
        `

const editor = ({ page }: Playground) => page.locator('.monaco-editor').first()
const said = ({ page }: Playground) => page.getByRole('list', { name: 'What the API server said' })

async function newManifest({ page }: Playground): Promise<void> {
  await page.getByRole('button', { name: 'New manifest', exact: true }).click()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
}

async function addFromMenu({ page }: Playground, item: string | RegExp): Promise<void> {
  await page.getByRole('button', { name: 'New manifest or a sample' }).click()
  await page.getByRole('menuitem', { name: item }).click()
}

/** Puts a file onto the editor, as dragging it from the desktop does. */
async function drop({ page }: Playground, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, content]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([content as string], fileName as string, { type: 'text/yaml' }))
      return transfer
    },
    [name, text],
  )
  await page.locator('.monaco-editor').first().dispatchEvent('drop', { dataTransfer: data })
}

test('every sample of the gallery is accepted', async ({ playground, page }) => {
  test.slow()
  await playground.open()
  await newManifest(playground)
  await page.getByRole('button', { name: 'New manifest or a sample' }).click()
  const samples = await page.getByRole('menuitem').filter({ hasText: '.yaml' }).allInnerTexts()
  expect(samples).toHaveLength(9)
  await page.keyboard.press('Escape')
  for (const sample of samples) {
    await addFromMenu(playground, sample.split('\n')[0] ?? '')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await expect(said(playground)).toContainText(/\/[\w-]+ (created|configured|unchanged)/)
  }
})

test('what the nodes have is offered where a manifest names it', async ({ playground, page }) => {
  await playground.open()
  await playground.type('kubectl label node worker-1 disk=ssd')
  await newManifest(playground)
  await drop(playground, 'ssd.yaml', manifest('ssd'))
  await editor(playground).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Space')
  await page.getByRole('option', { name: /^disk/ }).click()
  await page.getByRole('option', { name: /^ssd/ }).click()
  await expect(editor(playground)).toContainText('disk: ssd')
})

test('a manifest can be typed: spaces arrive, and Enter ends a line that is typed in full', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await editor(playground).click()
  await page.keyboard.type('apiVersion: v1\nkind: Namespace\nmetadata:\nname: team-a', { delay: 60 })
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Enter')
  await expect(said(playground)).toContainText('namespace/team-a created')
})

test('fields are offered, documented and checked', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await drop(playground, 'a.yaml', 'apiVersion: apps/v1\nkind: DaemonSet\nmetadata:\n  name: a\nspec:\n  minReadyMinutes: 1\n  ')
  await expect(page.locator('.squiggly-warning').first()).toBeVisible()
  await editor(playground).click()
  await page.keyboard.press('Control+End')
  await page.keyboard.press('Control+Space')
  await expect(page.getByRole('option', { name: /^minReadySeconds/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.locator('.view-line span', { hasText: 'spec' }).last().hover()
  await expect(page.locator('.monaco-hover').filter({ hasText: 'DaemonSetSpec' })).toBeVisible()
})

test('a document is renamed, and the terminal knows it by its name', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await addFromMenu(playground, /Agent on every node/)
  await editor(playground).click()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('#typed')
  await expect(editor(playground)).toContainText('#typed')
  await page.getByRole('button', { name: 'More for node-agent.yaml' }).click()
  await page.getByRole('menuitem', { name: 'Rename node-agent.yaml' }).click()
  await page.getByRole('textbox', { name: 'New name' }).fill('manifest.yaml')
  await page.keyboard.press('Enter')
  await expect(page.getByText('There is another manifest.yaml.')).toBeVisible()
  await page.getByRole('textbox', { name: 'New name' }).fill('/?')
  await page.keyboard.press('Enter')
  await expect(page.getByText('/? has no letter')).toBeVisible()
  await page.getByRole('textbox', { name: 'New name' }).fill('my agent')
  await page.keyboard.press('Enter')
  await expect(page.getByText('my agent became my-agent.yaml')).toBeVisible()
  // what was typed before can still be undone
  await editor(playground).click()
  await page.keyboard.press('Control+z')
  await expect(editor(playground)).not.toContainText('#typed')
  await playground.type('kubectl apply -f my-agent.yaml')
  await expect(playground.terminal).toContainText('daemonset.apps/node-agent created')
})

test('a closed document comes back', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await addFromMenu(playground, /Agent on SSD nodes/)
  await page.getByRole('button', { name: 'Close ssd-agent.yaml' }).click()
  await expect(editor(playground)).not.toContainText('ssd-agent')
  await page.getByRole('button', { name: 'Open it again' }).click()
  await expect(editor(playground)).toContainText('ssd-agent')
})

test('a document closed long ago comes back from the menu, and where none is open', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await addFromMenu(playground, /Agent on SSD nodes/)
  await page.clock.install()
  const again = page.getByRole('button', { name: 'Open it again' })
  await page.getByRole('button', { name: 'Close ssd-agent.yaml' }).click()
  // who is on the way to it by key is not hurried
  await again.focus()
  await page.clock.runFor(60_000)
  await expect(again).toBeVisible()
  await again.blur()
  await page.clock.runFor(20_000)
  await expect(again).toHaveCount(0)
  await addFromMenu(playground, /^ssd-agent\.yaml$/)
  await expect(editor(playground)).toContainText('ssd-agent')
  await page.getByRole('button', { name: 'Close ssd-agent.yaml' }).click()
  await page.getByRole('button', { name: 'Close manifest.yaml' }).click()
  await page.getByRole('button', { name: 'Open ssd-agent.yaml again' }).click()
  await expect(editor(playground)).toContainText('ssd-agent')
})

test('changes can be undone after another document was shown', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await editor(playground).click()
  await page.keyboard.type('kind: Pod')
  await addFromMenu(playground, /Agent on every node/)
  await page.getByRole('list', { name: 'Manifests' }).getByRole('button', { name: 'manifest.yaml', exact: true }).click()
  await expect(editor(playground)).toContainText('kind: Pod')
  await page.getByRole('tab', { name: 'Live object' }).click()
  await page.getByRole('tab', { name: 'Manifest' }).click()
  await editor(playground).click()
  await page.keyboard.press('Control+z')
  await expect(editor(playground)).not.toContainText('kind: Pod')
})

test('a document is downloaded under its name', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  await page.getByRole('button', { name: 'More for manifest.yaml' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: 'Download manifest.yaml' }).click()
  expect((await download).suggestedFilename()).toBe('manifest.yaml')
})

test('the live object shows who wrote what, with status and managed fields when asked for', async ({ playground, page }) => {
  // where one row of tabs has all panels the open manifest is known before the editor was shown
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  await playground.addSample()
  await page.getByRole('tab', { name: 'Live object' }).click()
  const live = page.getByRole('region', { name: 'DaemonSet node-agent' })
  await expect(live).toContainText('revisionHistoryLimit: 10')
  await expect(live).toContainText('desiredNumberScheduled: 2')
  await expect(live).not.toContainText('managedFields')
  await page.getByRole('checkbox', { name: 'Managed fields' }).check()
  await expect(live).toContainText('manager: kubectl-client-side-apply')
  await page.getByRole('checkbox', { name: 'Status' }).uncheck()
  await expect(live).not.toContainText('desiredNumberScheduled: 2')
  await page.getByRole('checkbox', { name: 'Added by the cluster' }).uncheck()
  await expect(live).not.toContainText('revisionHistoryLimit: 10')
})

test('several files are opened at once; what is none, or too large, is refused', async ({ playground, page }) => {
  await playground.open()
  await newManifest(playground)
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['kind: One\n'], 'one.yaml'))
    transfer.items.add(new File(['kind: Two\n'], 'one.yaml'))
    transfer.items.add(new File([new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0xff])], 'picture.png'))
    transfer.items.add(new File(['a'.repeat(11_000_000)], 'huge.yaml'))
    return transfer
  })
  await editor(playground).dispatchEvent('drop', { dataTransfer: data })
  const files = page.getByRole('list', { name: 'Manifests' })
  await expect(files.getByRole('button', { name: 'one-2.yaml', exact: true })).toBeVisible()
  await expect(editor(playground)).toContainText('kind: Two')
  await expect(page.getByText('picture.png is not a text file and was not opened.')).toBeVisible()
  await expect(page.getByText('huge.yaml is larger than 1 MB')).toBeVisible()
  await expect(files.getByRole('listitem')).toHaveCount(3)
})

test('what is written just before the page goes is there again, and two windows keep the manifests of both', async ({
  playground,
  page,
  context,
}) => {
  await playground.open()
  await playground.write('# of the first')
  await page.reload()
  const text = page.locator('.view-lines').first()
  await expect(text).toContainText('# of the first')
  const other = new Playground(await context.newPage())
  await other.open()
  await addFromMenu(other, 'New manifest')
  await other.paste('# of the second')
  await page.bringToFront()
  await page.getByRole('button', { name: 'manifest-2.yaml', exact: true }).click()
  await expect(text).toContainText('# of the second')
  await playground.paste('# of the second, changed by the first')
  await other.page.bringToFront()
  await expect(other.page.locator('.view-lines').first()).toContainText('changed by the first')
  await addFromMenu(other, 'New manifest')
  await other.paste('# of the second, too')
  await page.close()
  await other.page.reload()
  await expect(other.page.getByRole('button', { name: /^manifest.*yaml$/ })).toHaveCount(3)
})

test('what another window writes or renames leaves the cursor, the shown manifest and its history', async ({ playground, page, context }) => {
  await playground.open()
  await playground.write('kind: First')
  await addFromMenu(playground, 'New manifest')
  await playground.paste('kind: Pod\nmetadata:\n  name: a\n')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('End')
  await page.keyboard.type('b')
  const other = new Playground(await context.newPage())
  await other.open()
  await other.page.getByRole('button', { name: 'manifest-2.yaml', exact: true }).click()
  await expect(editor(other)).toContainText('name: ab')
  await editor(other).click()
  await other.page.keyboard.press('Control+Home')
  await other.page.keyboard.type('# above\n')
  await page.bringToFront()
  await expect(editor(playground)).toContainText('# above')
  // all of it has come, its line end too: who writes in two windows at once may lose the one
  await expect(editor(playground).locator('.view-line')).toHaveCount(5)
  await page.keyboard.type('c')
  await expect(editor(playground)).toContainText('name: abc')
  await other.page.bringToFront()
  await expect(editor(other)).toContainText('name: abc')
  await other.page.getByRole('button', { name: 'More for manifest-2.yaml' }).click()
  await other.page.getByRole('menuitem', { name: 'Rename manifest-2.yaml' }).click()
  await other.page.getByRole('textbox', { name: 'New name' }).fill('pod.yaml')
  await other.page.keyboard.press('Enter')
  await page.bringToFront()
  await expect(page.getByRole('button', { name: 'pod.yaml', exact: true })).toBeVisible()
  await expect(editor(playground)).toContainText('name: abc')
  await page.keyboard.press('Control+z')
  await expect(editor(playground)).not.toContainText('name: abc')
})

test('where the browser has no room for the manifests it is said', async ({ playground, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem('other', 'x'.repeat(5_242_000))
  })
  await playground.open()
  await playground.write('# '.padEnd(2000, '-'))
  await expect(page.getByText('This browser has no room to keep the manifests.')).toBeVisible()
})
