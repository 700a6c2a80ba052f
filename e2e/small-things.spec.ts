import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './playground.ts'

test('the menu of a node opens at the pointer, does what it says, and closes', async ({ playground, page }) => {
  await playground.open()
  await playground.node('worker-0').click({ button: 'right', position: { x: 60, y: 12 } })
  const menu = page.getByRole('menu', { name: 'What can be done with worker-0' })
  await expect(menu).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(menu).toHaveCount(0)
  await playground.node('worker-0').click({ button: 'right', position: { x: 60, y: 12 } })
  await menu.getByRole('menuitem', { name: 'Cordon' }).click()
  await expect(playground.node('worker-0')).toHaveAccessibleName(/cordoned/)
  await playground.node('worker-1').click({ button: 'right', position: { x: 60, y: 12 } })
  await page.mouse.click(400, 560)
  await expect(page.getByRole('menu')).toHaveCount(0)
})

test('at 390 px the rollout can be asked about while all is quiet, and the timeline can be read', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
  await expect(playground.pods('worker-0', 'node-agent')).toHaveCount(1)
  await page.getByRole('button', { name: /^node-agent: RollingUpdate.*how its rollout goes/ }).click()
  await expect(page.getByRole('heading', { name: 'How does the rollout of node-agent go?' })).toBeVisible()
  await page.getByRole('tab', { name: 'Timeline' }).click()
  const { violations } = await new AxeBuilder({ page }).include('[data-panel=timeline]').analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})

test('who clicks fast gets one machine for each click, and one sample', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'Add a sample DaemonSet' }).dblclick()
  await expect(playground.number('node-agent', 'READY')).toContainText('2')
  await expect(page.getByRole('tab', { name: /node-agent-2/ })).toHaveCount(0)
  await page.getByRole('button', { name: 'Node', exact: true }).dblclick()
  await expect(playground.node('worker-2')).toBeVisible()
  await expect(playground.node('worker-3')).toBeVisible()
  await expect(page.getByText('choose another name')).toHaveCount(0)
  // what is one wish is done once, and what opens stays open, with the focus in it
  await page.getByRole('button', { name: 'Pause', exact: true }).dblclick()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Workload' }).dblclick()
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Workload' })).toBeFocused()
  await expect(page.getByRole('button', { name: 'Workload' })).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('menuitem').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await playground.node('worker-3').hover()
  await page.getByRole('button', { name: 'Label… worker-3' }).dblclick()
  await expect(page.getByRole('textbox', { name: 'Key' })).toBeFocused()
  await page.keyboard.press('Escape')
  // two machines and the sample are taken back, and no more is asked for
  for (let i = 0; i < 2; i++) await page.getByRole('button', { name: 'Undo' }).dblclick()
  await expect(page.getByRole('button', { name: 'Undo' })).toBeDisabled()
  await expect(page.getByText('nothing to undo')).toHaveCount(0)
})

test('a form that is refused says why, and keeps what was typed', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'More machines' }).click()
  await page.getByRole('menuitem', { name: /^Add several/ }).click()
  const dialog = page.getByRole('dialog')
  const name = dialog.getByLabel('Name')
  await name.fill('My Node!')
  await dialog.getByRole('button', { name: 'Add node' }).click()
  await expect(dialog.getByRole('alert')).toContainText('a lowercase RFC 1123 subdomain must consist of')
  await expect(name).toHaveValue('My Node!')
  await expect(name).toHaveAttribute('aria-invalid', 'true')
  for (const [field, wrong] of [
    [/^Labels/, '!! x'],
    [/^Taints/, '!!:NoSchedule'],
  ] as const) {
    await dialog.getByLabel(field).fill(wrong)
    await expect(dialog.getByLabel(field)).toHaveAttribute('aria-invalid', 'true')
  }
  await dialog.getByLabel(/^Labels/).fill('')
  await dialog.getByLabel(/^Taints/).fill('gpu:Sometimes')
  await dialog.getByRole('button', { name: 'Add node' }).click()
  await expect(dialog.getByRole('alert')).toContainText('the effect is NoSchedule')
  await dialog.getByLabel(/^Taints/).fill('gpu:NoSchedule')
  await name.fill('edge-7')
  await dialog.getByRole('button', { name: 'Add node' }).click()
  await expect(playground.node('edge-7')).toBeVisible()
  await expect(dialog).toHaveCount(0)

  await playground.node('worker-0').focus()
  await page.keyboard.press('l')
  await dialog.getByLabel('Key').fill('no key')
  await dialog.getByRole('button', { name: 'Set label' }).click()
  await expect(dialog.getByRole('alert')).toContainText('name part must consist of alphanumeric characters')
  await expect(dialog.getByLabel('Key')).toHaveValue('no key')
  await expect(dialog.getByLabel('Key')).toHaveAttribute('aria-invalid', 'true')
})

test('at 390 px the heads of the DaemonSet bar are whole, and the tools of the first node lie free', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await playground.addSample()
  const table = page.getByRole('region', { name: 'DaemonSets' }).getByRole('table')
  await expect(table.getByRole('columnheader', { name: 'MISSCHEDULED' })).toBeVisible()
  // a menu that opens leaves its button as it was
  const scenarios = page.getByRole('button', { name: 'Scenario: Playground' })
  await scenarios.click()
  await expect(scenarios.locator('svg')).toBeVisible()
  await page.keyboard.press('Escape')
  const cut = await table.locator('thead th').evaluateAll((heads) => heads.filter((head) => head.scrollWidth > head.clientWidth + 1).length)
  expect(cut).toBe(0)
  // the name is whole, beside nothing
  const name = table.getByText('node-agent', { exact: true })
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true)
  await playground.node('worker-0').focus()
  for (const tool of await playground.node('worker-0').getByRole('toolbar').getByRole('button').all()) await tool.click({ trial: true })
})

test('what kubectl says without having failed is not shown as an error', async ({ playground }) => {
  await playground.open()
  await playground.type('kubectl get pods; kubectl get pods nope')
  const line = (text: string) => playground.terminal.locator('[data-kind]').filter({ hasText: text })
  await expect(line('No resources found')).toHaveAttribute('data-kind', 'aside')
  await expect(line('NotFound')).toHaveAttribute('data-kind', 'err')
  await expect(playground.terminal.getByRole('img', { name: 'Error' })).toHaveCount(1)
})

test('in a cluster without nodes the page says so and offers the first one', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.type('kubectl delete nodes --all')
  await expect(page.getByText('There are no Nodes.').first()).toBeVisible()
  // their pods are there until PodGC comes
  await expect(page.getByRole('region', { name: 'Node is gone' }).getByRole('button', { name: /^(node-agent|coredns), pod / })).toHaveCount(4)
  await playground.number('node-agent', 'DESIRED').click()
  await expect(page.getByText('the cluster has no nodes')).toBeVisible()
  // above what stands below the picture, however many wait
  await playground.type('kubectl create deployment web --image=nginx --replicas=30')
  await expect(page.getByRole('region', { name: 'Not on any node' }).getByText(/^\+\d+$/)).toBeVisible()
  await page.setViewportSize({ width: 390, height: 844 })
  const offer = await page.getByRole('button', { name: 'Add a node', exact: true }).boundingBox()
  const bar = await page.getByRole('region', { name: 'DaemonSets' }).boundingBox()
  expect((offer?.y ?? Number.NaN) + (offer?.height ?? 0)).toBeLessThan(bar?.y ?? 0)
  await page.getByRole('button', { name: 'Add a node', exact: true }).click()
  await expect(playground.node('worker-0')).toBeVisible()
})

test('where the system chooses the colours nothing complains, and the marks of the timeline are seen', async ({ playground, page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await playground.open()
  await playground.addSample()
  await expect(page.locator('.monaco-editor').first()).toBeVisible()
  const grounds = await page.evaluate(() => {
    const mark = document.querySelector('[data-lane="kubelets"] > span') as Element
    return [mark, document.body].map((element) => getComputedStyle(element).backgroundColor)
  })
  expect(grounds[0]).not.toBe(grounds[1])
})

test('a pod on a card that is half in view is asked about with one click: the picture does not move under the pointer', async ({
  playground,
  page,
}) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
  const pod = playground.pods('worker-1', 'node-agent')
  await expect(pod).toHaveCount(1)
  await page.mouse.move(1, 1)
  const card = await playground.node('worker-1').boundingBox()
  const bar = await page.getByRole('region', { name: 'DaemonSets' }).boundingBox()
  if (!card || !bar) throw new Error('not to be seen')
  expect(card.y + card.height).toBeGreaterThan(bar.y)
  // a tile grows when it appears
  await expect.poll(async () => (await pod.boundingBox())?.y).toBeLessThan(bar.y - 4)
  const box = await pod.boundingBox()
  if (!box) throw new Error('not to be seen')
  await page.mouse.move(box.x + 8, box.y + 4)
  await page.mouse.down()
  await page.waitForTimeout(100)
  await page.mouse.up()
  await expect(page.getByRole('heading', { name: /^(Why is|What about) node-agent-\w+ on worker-1\?/ })).toBeVisible()
})

test('a notice covers neither the axis of time nor the prompt', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await page.getByRole('button', { name: /^Skip to next change/ }).click()
  const notice = page.getByText('Nothing changes by itself from here on')
  await expect(notice).toBeVisible()
  const box = await notice.boundingBox()
  const bar = await page.getByRole('region', { name: 'DaemonSets' }).boundingBox()
  expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThan(bar?.y ?? 0)
})

test('on a phone a notice covers no card', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await playground.addSample()
  await page.getByRole('button', { name: /^Skip to next change/ }).click()
  const box = await page.getByText('Nothing changes by itself from here on').boundingBox()
  const card = await playground.node('worker-0').boundingBox()
  expect((box?.y ?? Number.NaN) + (box?.height ?? 0)).toBeLessThan(card?.y ?? 0)
  // who goes on has read it
  await playground.type('kubectl get nodes')
  await expect(page.getByText('Nothing changes by itself from here on')).toHaveCount(0)
})

test('on a page magnified to 200 % pods and prompt have their room, and it is scrolled', async ({ playground, page }) => {
  await page.setViewportSize({ width: 720, height: 450 })
  await playground.open()
  await page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
  const pod = playground.pods('worker-0', 'node-agent')
  await expect(pod).toHaveCount(1)
  await page.getByRole('button', { name: 'Whole cluster' }).scrollIntoViewIfNeeded()
  await expect(pod).toBeInViewport({ ratio: 1 })
  await playground.type('kubectl get nodes')
  await expect(playground.terminal).toContainText('worker-1')
  await expect(playground.commandLine).toBeInViewport()
})

test('where the script does not come, the page says what it needs', async ({ playground, page, complaints }) => {
  await page.route('**/assets/*.js', (route) => route.abort())
  await playground.page.goto('./')
  await expect(page.getByRole('status')).toContainText('could not be loaded. It needs a web server')
  await page.goto('./embed.html')
  await expect(page.getByText('This could not be loaded.')).toBeVisible()
  // the browser tells the console of both scripts, and of nothing else
  expect(complaints).toHaveLength(2)
  complaints.length = 0
})

test('while the script is on its way the page has its name and says what is awaited', async ({ playground, page }) => {
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route('**/assets/*.js', async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto('./', { waitUntil: 'commit' })
  await expect(page.getByRole('banner')).toContainText('DaemonSet Playground')
  await expect(page.getByRole('status')).toHaveText('The simulated control plane is being loaded…')
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  arrive()
  await expect(playground.node('worker-0')).toBeVisible()
  await expect(page.getByText('is being loaded')).toHaveCount(0)
})

test('a machine of a size that no machine has is refused in words, and what was typed stays', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'More machines' }).click()
  await page.getByRole('menuitem', { name: /^Add several/ }).click()
  const [cpu, memory] = [page.getByRole('textbox', { name: 'CPU' }), page.getByRole('textbox', { name: 'Memory' })]
  const add = page.getByRole('button', { name: 'Add node', exact: true })
  await cpu.fill('0')
  await add.click()
  await expect(page.getByRole('alert')).toHaveText('A machine has from 1m (a thousandth of a core) to 10k cores, like 4 or 500m, and not "0".')
  await cpu.fill('500m')
  await memory.fill('5000000Ti')
  await add.click()
  await expect(page.getByRole('alert')).toHaveText('A machine has from 1Mi to 1Pi of memory, like 8Gi or 512Mi, and not "5000000Ti".')
  await expect(memory).toHaveValue('5000000Ti')
  await memory.fill('16Gi')
  await add.click()
  await expect(playground.node('worker-2')).toBeVisible()
})

test('a dialog that is higher than the window scrolls inside its round corners', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 320 })
  await playground.open()
  await playground.node('worker-0').focus()
  await page.keyboard.press('t')
  // the card had the focus, though the pane is lower than it
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByLabel('Key')).toBeFocused()
  const isScrolled = (element: Element) => element.scrollHeight > element.clientHeight
  expect(await dialog.evaluate(isScrolled)).toBe(false)
  expect(await dialog.locator('> div').evaluate(isScrolled)).toBe(true)
})

test('the prompt of a low terminal is seen with what it offers to begin with', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  await expect(playground.commandLine).toBeInViewport({ ratio: 1 })
})

test('the shown panel’s tab is in sight when there is less room for tabs', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  const tab = page.getByRole('tab', { name: 'Live object' })
  await tab.click()
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(tab).toBeInViewport({ ratio: 1 })
})

test('in a pane too low for both, the cards are drawn and the control plane is not', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1024, height: 700 })
  await playground.open()
  await expect(page.getByText('API server', { exact: true }).filter({ visible: true })).toHaveCount(1)
  await page.getByRole('separator', { name: 'Resize Terminal' }).focus()
  for (let i = 0; i < 30; i++) await page.keyboard.press('ArrowUp')
  await expect(page.getByText('API server', { exact: true })).toHaveCount(0)
  await expect(playground.pods('worker-0', 'coredns').or(playground.pods('worker-1', 'coredns')).first()).toBeInViewport()
})

for (const width of [390, 320])
  test(`at ${width} px the title of an open scenario is read whole, and which step is the next`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 844 })
    await playground.open('?scenario=pressure-taints')
    await expect(page.getByText('Step 0 of 8', { exact: true })).toBeVisible()
    const title = page.getByRole('button', { name: /^Scenario: / }).locator('span')
    expect(await title.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThanOrEqual(0)
    expect(await playground.sideways()).toBeLessThanOrEqual(0)
    // the tools of a node leave its state to be read
    await playground.node('worker-0').getByRole('heading').click()
    const tools = await playground.node('worker-0').getByRole('toolbar').boundingBox()
    const heading = await playground.node('worker-0').getByRole('heading').boundingBox()
    expect((tools?.y ?? 0) + (tools?.height ?? 0)).toBeLessThanOrEqual((heading?.y ?? 0) + 1)
  })

test('pods whose Node was deleted are shown as what they are, in the picture and in the table', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.type('kubectl delete node worker-0 worker-1')
  await expect(page.getByText('There are no Nodes.').first()).toBeVisible()
  await expect(page.getByText('Only the Node objects were deleted')).toBeVisible()
  const lane = page.getByRole('region', { name: 'Node is gone', exact: true })
  await expect(lane.getByRole('button', { name: /^coredns, pod .*: its Node worker-\d is gone$/ })).toHaveCount(2)
  const row = page.getByRole('row', { name: /^Node is gone/ })
  await expect(row).toContainText(/coredns-\S+ \(Running: its Node worker-\d is gone\)/)
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(playground.node('worker-0')).toBeVisible()
  await expect(lane).toHaveCount(0)
})
