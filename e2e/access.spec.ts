import AxeBuilder from '@axe-core/playwright'
import { expect, type Playground, test } from './playground.ts'

async function findings(playground: Playground): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page: playground.page }).analyze()
  return violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(' | ')}`)
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const [width, height] of [
    [1440, 900],
    [390, 844],
  ] as const) {
    test(`axe finds nothing at ${width} × ${height}, ${colorScheme}`, async ({ playground, page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await page.setViewportSize({ width, height })
      await playground.open()
      await page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
      await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(1)
      expect(await findings(playground)).toEqual([])
    })
  }
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`axe finds nothing in the editor with hints, a rule, the look ahead and an error, ${colorScheme}`, async ({ playground, page }) => {
    test.slow()
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await playground.open()
    const text = (label: string) =>
      `apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: a}\nspec:\n  selector: {matchLabels: {app: a}}\n  template:\n    metadata: {labels: {app: ${label}}}\n    spec:\n      tolerations: [{operator: Exists}]\n      containers: [{name: a, image: a}]\n`
    await playground.write(text('b'))
    await page.getByRole('button', { name: /^\d+ hints$/ }).click()
    expect(await findings(playground)).toEqual([])
    await page.getByRole('button', { name: 'Rule DS-15.12' }).click()
    await expect(page.getByRole('dialog', { name: 'Rule DS-15.12' })).toBeVisible()
    expect(await findings(playground)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Apply', exact: true }).click()
    await expect(page.getByRole('list', { name: 'What the API server said' })).toContainText('does not match')
    expect(await findings(playground)).toEqual([])
    await playground.paste(text('a'))
    await page.getByRole('button', { name: 'What will happen', exact: true }).click()
    await expect(page.getByRole('list', { name: 'Pods, in order' }).getByRole('listitem')).toHaveCount(2)
    expect(await findings(playground)).toEqual([])
    await page.getByRole('tab', { name: 'Live object' }).click()
    expect(await findings(playground)).toEqual([])
  })

test('the keyboard reaches a node, its toolbar and the terminal', async ({ playground, page }) => {
  await playground.open()
  await page.locator('body').press('Tab')
  const seen: string[] = []
  for (let i = 0; i < 60; i++) {
    seen.push(await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent ?? ''))
    await page.keyboard.press('Tab')
  }
  expect(seen.some((label) => /worker-0|Cordon/.test(label))).toBe(true)
  expect(seen.some((label) => /terminal|command/i.test(label))).toBe(true)
})

test('by Tab alone, every card of a narrow picture is reached', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await playground.addNode()
  await playground.addNode()
  await page.getByRole('article', { name: /^worker-0,/ }).focus()
  for (const name of ['worker-1', 'worker-2', 'worker-3']) {
    for (let i = 0; i < 12 && !(await playground.node(name).evaluateAll(([card]) => card === document.activeElement)); i++)
      await page.keyboard.press('Tab')
    await expect(playground.node(name)).toBeFocused()
  }
})

test('the focus goes back to the card whose taint was added, and into the manifest that a key opened', async ({ playground, page }) => {
  await playground.open()
  await playground.node('worker-1').focus()
  await page.getByRole('button', { name: 'Taint… worker-1' }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Key' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(playground.node('worker-1')).toBeFocused()
  await page.getByRole('button', { name: 'Sample DaemonSet', exact: true }).press('Enter')
  await expect(page.getByRole('textbox', { name: /^Manifest node-agent\.yaml/ })).toBeFocused()
})

test('what goes away under the focus leaves it to what is nearest', async ({ playground, page }) => {
  await playground.open()
  // the last action is taken back: the button has nothing more to do, but stays
  await playground.addNode()
  await expect(playground.node('worker-2')).toBeVisible()
  const undo = page.getByRole('button', { name: 'Undo' })
  await undo.press('Enter')
  await expect(undo).toBeDisabled()
  await expect(undo).toBeFocused()
  // by key there is nothing left to undo, either: the browser takes back nothing that was typed elsewhere
  await playground.commandLine.pressSequentially('echo')
  await playground.node('worker-0').focus()
  await page.keyboard.press('Control+z')
  await expect(playground.commandLine).toHaveValue('echo')
  await expect(playground.node('worker-0')).toBeFocused()
  // a tool that became another, and a node that was removed
  await playground.node('worker-1').focus()
  await page.getByRole('button', { name: 'Cordon worker-1' }).press('Enter')
  await expect(page.getByRole('button', { name: 'Uncordon worker-1' })).toBeFocused()
  await playground.node('worker-1').focus()
  await page.keyboard.press('Delete')
  await expect(playground.node('worker-0')).toBeFocused()
  // a manifest that was closed, and a panel that made way for another
  const begin = page.getByRole('button', { name: 'Sample DaemonSet', exact: true })
  await begin.press('Enter')
  await expect(page.getByRole('textbox', { name: /^Manifest node-agent\.yaml/ })).toBeFocused()
  await page.getByRole('button', { name: 'Close node-agent.yaml' }).press('Enter')
  await expect(begin).toBeFocused()
  await page
    .getByRole('button', { name: /^The scheduler bound Pod node-agent/ })
    .first()
    .press('Enter')
  await expect(page.locator(':focus')).toHaveAccessibleName('Why')
})

test('nothing is cut off at 390 px', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  expect(await playground.sideways()).toBeLessThanOrEqual(0)
})

// 305: what a scroll bar leaves of 320
for (const width of [1440, 1024, 305])
  test(`nothing is scrolled sideways at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 800 })
    await playground.open()
    await playground.addSample()
    expect(await playground.sideways()).toBeLessThanOrEqual(0)
    const numbers = page.getByRole('table').filter({ has: page.getByRole('columnheader', { name: 'DESIRED' }) })
    expect(await numbers.evaluate((table) => (table.parentElement?.scrollWidth ?? Number.NaN) - (table.parentElement?.clientWidth ?? 0))).toBe(0)
  })

test('with a scenario open at the largest speed nothing is scrolled sideways either', async ({ playground, page }) => {
  await playground.open('?scenario=cordon-and-drain')
  await page.getByRole('button', { name: 'Speed 1×' }).click()
  await page.getByRole('menuitemradio', { name: '100×' }).click()
  for (const width of [1440, 1300, 1250, 950, 900, 520, 490, 390]) {
    await page.setViewportSize({ width, height: 800 })
    await expect.poll(() => playground.sideways(), `${width} px`).toBeLessThanOrEqual(0)
  }
})

test('beside the widest canvas the story has room, and nothing of it is scrolled sideways', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  await playground.addSample()
  await page.getByRole('separator', { name: 'Resize Panels' }).focus()
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowRight')
  const story = page.getByRole('region', { name: 'Reaction' })
  expect((await story.boundingBox())?.width).toBeLessThan(300)
  expect(await story.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0)
})

test('the answer to why is spoken where it was asked by key', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.node('worker-0').focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'What about worker-0? worker-0 is healthy.' })).toHaveCount(1)
  await expect(playground.node('worker-0')).toBeFocused()
})
