import { expect, test } from './playground.ts'

const manifest = (name: string, label = name) => `apiVersion: apps/v1
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
        app: ${label}
    spec:
      containers:
        - name: agent
          image: busybox:1.36
`

test('a manifest from the editor gives two pods, then three after a node joins', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('my-agent'))
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('list', { name: 'What the API server said' })).toContainText('daemonset.apps/my-agent created')
  await expect(playground.terminal).toContainText('$ kubectl apply -f manifest.yaml')
  await expect(playground.pods('worker-0', 'my-agent')).toHaveCount(1)
  await expect(playground.pods('worker-1', 'my-agent')).toHaveCount(1)
  await playground.addNode()
  await expect(playground.pods('worker-2', 'my-agent')).toHaveCount(1)
})

test('several documents of a file are applied one after the other', async ({ playground, page }) => {
  await playground.open()
  await playground.write(`${manifest('one')}---\n${manifest('two')}`)
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  const said = page.getByRole('list', { name: 'What the API server said' })
  await expect(said).toContainText('daemonset.apps/one created')
  await expect(said).toContainText('daemonset.apps/two created')
})

test('a wrong manifest shows the API server’s message at its line and changes nothing', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('wrong', 'other'))
  await page.keyboard.press('Control+Enter')
  const said = page.getByRole('list', { name: 'What the API server said' })
  await expect(said).toContainText('spec.template.metadata.labels: Invalid value: {"app":"other"}: `selector` does not match template `labels`')
  await expect(said.getByRole('button', { name: 'Go to line 11' })).toBeVisible()
  await expect(page.locator('.monaco-editor .squiggly-error').first()).toBeVisible()
  await playground.type('kubectl get ds')
  await expect(playground.terminal).toContainText('No resources found in default namespace.')
  // the text is still there, and can be mended
  await playground.paste(manifest('wrong'))
  await expect(said).toBeHidden()
  await page.keyboard.press('Control+Enter')
  await expect(playground.pods('worker-0', 'wrong')).toHaveCount(1)
})

for (const [style, begin, typed, end] of [
  ['block style', 'spec:\n  template:\n    spec:\n      nodeSelector:\n        ', 'di', 'disk: ssd'],
  ['flow style', 'spec: {template: {spec: {nodeSelector: ', '{di', '{disk: ssd}'],
  ['JSON', '{"kind": "DaemonSet", "apiVersion": "apps/v1", "spec": {"template": {"spec": {"nodeSelector": {', '"di', '{"disk": "ssd"'],
] as const)
  test(`labels of the cluster are offered in ${style}`, async ({ playground, page }) => {
    await playground.open()
    await playground.type('kubectl label node worker-1 disk=ssd')
    await playground.write(style === 'JSON' ? begin : `apiVersion: apps/v1\nkind: DaemonSet\n${begin}`)
    // words are offered as soon as the editor knows the language, which its colours tell
    const colours = () => page.locator('.view-line span span').evaluateAll((words) => new Set(words.map((word) => word.className)).size)
    await expect.poll(colours).toBeGreaterThan(1)
    await page.keyboard.press('Control+End')
    const [opening = ''] = typed
    // brackets are closed once the editor has loaded more of the language than its colours
    await expect(async () => {
      await page.keyboard.type(opening)
      const isClosed = opening !== '{' || (await page.locator('.view-line').last().textContent())?.endsWith('{}')
      if (!isClosed) await page.keyboard.press('Backspace')
      expect(isClosed).toBe(true)
    }).toPass()
    await page.keyboard.type(typed.slice(1))
    const offered = page.locator('.suggest-widget.visible .monaco-list-row')
    await offered.filter({ hasText: 'disk' }).click()
    // the key is written, its values are offered at once
    await offered.filter({ hasText: 'ssd' }).click()
    await expect(page.locator('.view-line').last()).toContainText(end)
  })

test('what cannot be read is said below the text, and leads to its line; in an empty text nothing is wrong', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('agent'))
  const hints = page.getByText('No hints', { exact: true })
  await expect(hints).toBeVisible()
  await playground.paste(manifest('agent').replace('metadata:', 'metadata: {'))
  const list = page.getByRole('list', { name: 'Hints' })
  await page.getByRole('button', { name: /^\d+ problems?$/ }).click()
  const problem = list.getByRole('button', { name: /^Go to line \d+$/ }).first()
  const line = (await problem.textContent()) ?? ''
  await problem.click()
  await expect(page.locator('.line-numbers.active-line-number')).toHaveText(line)
  // a List is applied as what it holds, and what it holds is checked
  const listOf = (item: string) => `apiVersion: v1\nkind: List\nitems:\n- ${item.trimEnd().replaceAll('\n', '\n  ')}\n`
  await playground.paste(listOf(manifest('agent').replace('image:', 'imag:')))
  await expect(list.getByRole('button', { name: 'Go to line 19', exact: true })).toBeVisible()
  await playground.paste(listOf(manifest('agent')))
  await expect(hints).toBeVisible()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(hints).toBeVisible()
  await expect(page.locator('[class*="squiggly-"]')).toHaveCount(0)
})

test('Monaco is loaded only when the editor is shown', async ({ playground, page }) => {
  const scripts: string[] = []
  page.on('response', (response) => scripts.push(response.url()))
  await playground.open()
  await playground.type('kubectl get nodes')
  expect(scripts.filter((url) => /EditorPanel-.*\.js/.test(url))).toEqual([])
  await page.getByRole('button', { name: 'New manifest', exact: true }).click()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  expect(scripts.filter((url) => /EditorPanel-.*\.js/.test(url))).toHaveLength(1)
})

test('Ctrl+M lets Tab leave the editor', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('agent'))
  await page.keyboard.press('Control+m')
  await expect(page.getByText('Tab now leaves the editor.')).toBeVisible()
  await page.keyboard.press('Tab')
  expect(await page.evaluate(() => document.activeElement?.closest('.monaco-editor') === null)).toBe(true)
})

test('documents are kept for the next visit', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('kept'))
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('kept')
  await page.reload()
  await expect(page.locator('.monaco-editor').first()).toContainText('kept')
})

test('what is no manifest is called by its name once, what is around one is taken away, and the text comes back', async ({ playground, page }) => {
  await playground.open()
  await playground.write(manifest('agent').replace('name: agent', 'name: {{ include "agent.fullname" . }}'))
  const row = page.getByText('Run helm template DIR and paste what it prints', { exact: false })
  await expect(page.getByRole('button', { name: '1 problem', exact: true })).toBeVisible()
  await expect(row.first()).toBeVisible()
  await expect(page.locator('.monaco-editor .squiggly-error').first()).toBeVisible()
  // Apply says what kubectl says
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('list', { name: 'What the API server said' })).toContainText('error converting YAML to JSON: yaml: invalid map key')
  await expect(playground.terminal).not.toContainText('helm template')
  const fences = `\`\`\`yaml\n${manifest('agent')}\`\`\`\n`
  await playground.paste(fences)
  await page.getByRole('button', { name: '1 problem', exact: true }).click()
  await page.getByRole('button', { name: 'Keep only what is between them', exact: true }).click()
  await expect(page.getByText('No hints', { exact: true })).toBeVisible()
  await page.keyboard.press('Control+z')
  await expect(page.getByRole('button', { name: '1 problem', exact: true })).toBeVisible()
  await page.keyboard.press('Control+y')
  await page.keyboard.press('Control+Enter')
  await expect(playground.pods('worker-0', 'agent')).toHaveCount(1)
})

test('a field that is completed offers each of its values once', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'New manifest', exact: true }).click()
  await page.locator('.monaco-editor').first().click()
  const offered = page.locator('.suggest-widget.visible .monaco-list-row')
  await page.keyboard.type('apiV')
  await expect(offered.filter({ hasText: 'apiVersion' })).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(offered.filter({ hasText: /^apps\/v1/ })).toHaveCount(1)
  await expect(offered.filter({ hasText: /^v1/ })).toHaveCount(1)
})

test('a field without a name is told, and the schema speaks of the others', async ({ playground, page }) => {
  await playground.open()
  await playground.write('apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    : x\nspec:\n  containers: 3\nnull: 1\n')
  await page.getByRole('button', { name: /^\d problems$/ }).click()
  for (const says of ['This field has no name: it is written', 'Incorrect type. Expected "array"', 'null is none'])
    await expect(page.locator('[data-panel=manifest]').getByText(says).last()).toBeVisible()
})
