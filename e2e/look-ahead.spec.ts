import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './playground.ts'

const manifest = ({ spec = '', pod = '', image = 'busybox:1.36' } = {}) => `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
${spec}  selector:
    matchLabels:
      app: agent
  template:
    metadata:
      labels:
        app: agent
    spec:
${pod}      containers:
        - name: agent
          image: ${image}
`

const surge = '  updateStrategy:\n    rollingUpdate:\n      maxSurge: 1\n'

test('a node selector for no node is marked until a node has the label', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest({ pod: '      nodeSelector:\n        disk: ssd\n' }))
  const squiggle = page.locator('.monaco-editor .squiggly-warning').first()
  await expect(squiggle).toBeVisible()
  await playground.type('kubectl label node worker-0 disk=ssd')
  await expect(squiggle).toBeHidden()
})

test('the look ahead tells what applying will do, and does nothing', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest())
  await page.getByRole('button', { name: 'What will happen', exact: true }).click()
  const ahead = page.getByRole('region', { name: 'If this were applied now' })
  await expect(ahead).toContainText('daemonset.apps/agent created')
  await expect(ahead.getByRole('list', { name: 'Pods, in order' }).getByRole('listitem')).toHaveCount(2)
  await expect(ahead).toContainText('a pod of DaemonSet agent is created on worker-0')
  await expect(ahead).toContainText('2 of 2 available in the end')
  await playground.type('kubectl get ds')
  await expect(playground.terminal).toContainText('No resources found in default namespace.')
  // then it is done, and the next one is told as a replacement, one node after the other
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(ahead).toBeHidden()
  await expect(playground.number('agent', 'READY')).toContainText('2')
  await playground.paste(manifest({ image: 'busybox:1.37' }))
  await page.getByRole('button', { name: 'What will happen', exact: true }).click()
  await expect(ahead).toContainText('daemonset.apps/agent configured')
  const change = ahead.getByRole('region', { name: 'What changes in DaemonSet agent' })
  await expect(change.locator('[data-sign="-"]')).toContainText(['image: busybox:1.36'])
  await expect(change.locator('[data-sign="+"]')).toContainText(['image: busybox:1.37'])
  await expect(ahead).toContainText('2 available now, 1 at the lowest, 2 of 2 available in the end')
  await expect(ahead.getByText(/is replaced on worker-/)).toHaveCount(2)
})

test('before a taint or a drain: what it would do, and nothing is done', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.onNode('worker-1', 'Taint…')
  const ahead = page.getByRole('region', { name: 'What would happen', exact: true })
  await expect(ahead).toContainText('no pod would be made, replaced or deleted')
  await page.getByRole('radio', { name: /NoExecute/ }).check()
  await expect(ahead).toContainText('DaemonSet node-agent: 2 available now, 1 at the lowest, 1 of 1 available in the end')
  await expect(ahead.getByText(/^node-agent-\w+ is deleted on worker-1/)).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.keyboard.press('Escape')
  await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(1)
  await playground.node('worker-1').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'What would drain do?' }).click()
  await expect(ahead).toContainText('Deployment coredns')
  await expect(ahead).not.toContainText('DaemonSet node-agent')
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])
  await page.getByRole('button', { name: 'Do it' }).click()
  await expect(playground.terminal).toContainText('node/worker-1 drained')
})

for (const width of [1440, 1024, 390])
  test(`names of nodes stay on one line at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 700 })
    await playground.open()
    await page.getByRole('tab', { name: 'Manifest' }).click()
    await playground.write(manifest())
    await page.getByRole('button', { name: 'What will happen', exact: true }).click()
    const rows = page.getByRole('list', { name: 'Pods, in order' }).getByRole('listitem')
    await expect(rows).toHaveCount(2)
    const lines = await rows.getByText(/^worker-\d$/).evaluateAll((names) =>
      names.map((name) => {
        const range = document.createRange()
        range.selectNodeContents(name)
        return range.getClientRects().length
      }),
    )
    expect(lines).toEqual([1, 1])
  })

test('lines stand beside their numbers when the editor has its room again', async ({ playground, page }) => {
  await playground.open()
  // a line as long as the editor is wide has a scrollbar, or not
  await playground.write(manifest({ pod: '      tolerations: [{operator: Exists}]\n', image: `busybox:${'1'.repeat(26)}` }))
  await page.getByRole('button', { name: 'What will happen', exact: true }).click()
  await expect(page.getByRole('list', { name: 'Pods, in order' })).toBeVisible()
  await page.getByRole('button', { name: 'Close the look ahead' }).click()
  await page.locator('.monaco-editor').first().click()
  await page.keyboard.press('Control+End')
  const line = page.locator('.view-line').filter({ hasText: 'image:' })
  const number = page.locator('.line-numbers').getByText('17', { exact: true })
  await expect.poll(async () => (await line.boundingBox())?.y === (await number.boundingBox())?.y).toBe(true)
})

test('the look ahead shows what the API server would refuse', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  await page.getByRole('tab', { name: 'Manifest' }).click()
  await playground.write('# another')
  await page.getByRole('button', { name: 'New manifest or a sample' }).click()
  await page.getByRole('menuitem', { name: 'New manifest', exact: true }).click()
  await playground.paste(manifest({ spec: surge }))
  await page.getByRole('button', { name: 'What will happen', exact: true }).click()
  const ahead = page.getByRole('region', { name: 'If this were applied now' })
  await expect(ahead).toContainText('may not be set when maxUnavailable is non-zero')
  await page.getByRole('button', { name: 'Close the look ahead' }).click()
  await expect(ahead).toBeHidden()
  // what was refused is not applied: the document keeps its dot, beside which all of its button is seen
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(page.getByRole('img', { name: 'not applied as it stands' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Close manifest-2.yaml' })).toBeInViewport({ ratio: 1 })
})

test('the manifest and the picture light each other up, in words too', async ({ playground, page }) => {
  await playground.open()
  await playground.type('kubectl label node worker-1 disk=ssd')
  await playground.type('kubectl taint node worker-0 gpu=yes:NoExecute')
  await playground.write(
    manifest({ pod: '      nodeSelector:\n        disk: ssd\n      tolerations:\n        - key: gpu\n          operator: Exists\n' }),
  )
  // the cursor on the selector lights the node it fits
  const line = (text: string) => page.locator('.view-line').filter({ hasText: text })
  await line('disk:').click()
  await expect(playground.node('worker-1')).toHaveAttribute('data-lit')
  await expect(playground.node('worker-0')).not.toHaveAttribute('data-lit')
  await expect(page.getByRole('status').filter({ hasText: 'nodeSelector fits 1 of 2 nodes: worker-1.' })).toBeAttached()
  // on a toleration the taint it takes
  await line('key:').click()
  await expect(playground.node('worker-0').locator('[data-taint]')).toHaveAttribute('data-lit')
  await expect(playground.node('worker-1')).not.toHaveAttribute('data-lit')
  // and pointing at a node marks the lines that speak of it
  await playground.node('worker-1').hover()
  await expect(page.locator('.monaco-editor')).toContainText('✓ worker-1')
  await playground.node('worker-0').focus()
  await expect(page.locator('.monaco-editor')).toContainText('✕ not worker-0')
  await expect(page.getByRole('status').filter({ hasText: 'worker-0: line 17 fits; line 15 does not fit.' })).toBeAttached()
})

test('a hint leads to its rule, and its fix can be made and taken back', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest({ spec: surge }))
  await page.getByRole('button', { name: /^\d+ hints?$/ }).click()
  const hints = page.getByRole('list', { name: 'Hints' })
  await hints.getByRole('button', { name: 'Rule DS-14.1' }).click()
  const rule = page.getByRole('dialog', { name: 'Rule DS-14.1' })
  await expect(rule).toContainText('Perform a Rolling Update on a DaemonSet')
  await page.keyboard.press('Escape')
  await expect(rule).toBeHidden()
  await hints.getByRole('button', { name: 'Add maxUnavailable: 0' }).click()
  await expect(page.locator('.view-line').filter({ hasText: 'maxUnavailable: 0' })).toBeVisible()
  await expect(hints.getByRole('button', { name: 'Add maxUnavailable: 0' })).toBeHidden()
  await page.keyboard.press('Control+z')
  await expect(page.locator('.view-line').filter({ hasText: 'maxUnavailable: 0' })).toHaveCount(0)
})

for (const [width, height] of [
  [1440, 900],
  [390, 844],
] as const)
  test(`text and forecast are seen together at ${width} px; folded, its sum stays`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height })
    await playground.open()
    await page.getByRole('tab', { name: 'Manifest', exact: true }).click()
    await playground.write(`${manifest()}---\n${manifest().replaceAll('agent', 'other')}`)
    await page.getByRole('button', { name: 'What will happen' }).click()
    const ahead = page.getByRole('region', { name: 'If this were applied now' })
    const sum = ahead.getByRole('button', { name: 'If applied now: 4 pods created' })
    await expect(sum).toBeInViewport({ ratio: 1 })
    const lines = async () => Math.floor(((await page.locator('.monaco-editor').first().boundingBox())?.height ?? 0) / 20)
    await expect.poll(lines).toBeGreaterThanOrEqual(7)
    await expect(ahead.getByRole('list', { name: 'What the API server would say' })).toBeInViewport({ ratio: 1 })
    // what is wrong with the text stays in sight, too
    await expect(page.getByText('No hints', { exact: true })).toBeInViewport({ ratio: 1 })
    const before = await lines()
    await sum.click()
    await expect(ahead.getByRole('list', { name: 'Pods, in order' })).toBeHidden()
    await expect(sum).toBeInViewport({ ratio: 1 })
    await expect.poll(lines).toBeGreaterThan(before)
  })

test('the bar below a forecast can be moved, and stands where it stood when the forecast is gone', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest())
  const bar = page.getByRole('separator', { name: 'Resize Manifest' })
  const y = async () => Math.round((await bar.boundingBox())?.y ?? 0)
  const before = await y()
  await page.getByRole('button', { name: 'What will happen' }).click()
  await expect.poll(y).toBeGreaterThan(before)
  const told = await y()
  await bar.focus()
  for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp')
  await expect.poll(y).toBeLessThan(told - 20)
  expect(await y()).toBeGreaterThan(told - 120)
  await page.getByRole('region', { name: 'If this were applied now' }).getByRole('button', { name: 'Close the look ahead' }).click()
  await expect.poll(y).toBe(before)
})
