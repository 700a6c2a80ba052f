import type { Page } from '@playwright/test'
import { expect, test } from './playground.ts'

/** Lets the engine's worker do something of its own when a command line contains a word. */
async function sabotage(page: Page, word: string, act: string): Promise<void> {
  await page.route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch()
    const listen = `addEventListener('message', ({ data }) => { if (data.line?.includes('${word}')) ${act} })\n`
    await route.fulfill({ response, body: listen + (await response.text()) })
  })
}

test('a lost worker: the page says so, and begins again with the scenario and the version that were chosen', async ({
  playground,
  page,
  complaints,
}) => {
  await sabotage(page, 'lose-it', "throw new Error('out of room')")
  await playground.open('?scenario=cordon-and-drain&version=1.30')
  await expect(page.getByRole('button', { name: /^Kubernetes 1\.30/ })).toBeVisible()
  await playground.type('sleep 600 # lose-it')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('out of room')
  await expect(alert).toContainText('Your manifests are safe')
  await alert.getByRole('button', { name: 'Start again' }).click()
  await expect(alert).toHaveCount(0)
  await expect(page.getByRole('button', { name: /^Kubernetes 1\.30/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Scenario: / })).not.toHaveAccessibleName(/Playground/)
  await playground.type('kubectl version')
  await expect(playground.terminal).toContainText('Server Version: v1.30')
  // an uncaught error of the worker is told in the console, too
  complaints.length = 0
})

test('an engine error that was taken back: the cluster goes on', async ({ playground, page }) => {
  await sabotage(page, 'fail-once', "postMessage({ type: 'failure', message: 'a fault of ours', action: 'echo fail-once' })")
  await page.setViewportSize({ width: 720, height: 450 })
  await playground.open()
  await playground.type('echo fail-once')
  const alert = page.getByRole('alert')
  await expect(alert).toBeInViewport({ ratio: 1 })
  await expect(alert).toContainText('while doing: echo fail-once: a fault of ours')
  await expect(alert).toContainText('as it was before')
  await alert.getByRole('button', { name: 'Go on' }).click()
  await expect(alert).toHaveCount(0)
  await playground.addSample()
})

test('a failure that is told above the page is not told at its edge, too', async ({ playground, page }) => {
  const told = "postMessage({ type: 'failure', message: 'a fault of ours', action: 'a click' })"
  const refused = "postMessage({ type: 'reply', id: data.id, ok: false, error: { message: 'a fault of ours' } })"
  await sabotage(page, 'node worker-0', `{ ${told}; ${refused} }`)
  await playground.open()
  await playground.type('kubectl get node worker-0')
  await expect(page.getByRole('alert')).toContainText('a fault of ours')
  await expect(playground.terminal).toContainText('Ready')
  await expect(page.getByText('a fault of ours')).toHaveCount(1)
})

test('who adds a machine before the cluster is there gets one with a free name', async ({ page, playground }) => {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  await page.route('**/assets/worker-*.js', async (route) => {
    await held
    await route.continue()
  })
  await page.goto('./')
  await expect(page.getByText('Starting the cluster…')).toBeVisible()
  await playground.addNode()
  letGo()
  await expect(playground.node('worker-2')).toBeVisible()
  await expect(page.getByText('choose another name')).toHaveCount(0)
})

test('a version that is not known is refused, and the cluster before it stays', async ({ page, playground }) => {
  await playground.open('?version=9.9')
  await expect(page.getByText('Kubernetes 9.9 is not known here')).toBeVisible()
  await playground.type('kubectl delete nodes --all')
  await expect(page.getByText('There are no Nodes.').first()).toBeVisible()
})

test('a worker that does not answer any more is told of, and ended when one begins again', async ({ playground, page }) => {
  await sabotage(page, 'hang', 'for (;;) {}')
  await playground.open()
  await playground.type('echo hang')
  const alert = page.getByRole('alert')
  await expect(alert).toContainText('The engine does not answer', { timeout: 40_000 })
  await alert.getByRole('button', { name: 'Start again' }).press('Enter')
  await expect(alert).toHaveCount(0)
  await expect(page.locator(':focus')).toHaveCount(1)
  await playground.type('kubectl get nodes')
  await expect(playground.terminal).toContainText('Ready')
})

test('an address that names what there is not: the rest of it is opened, and the address is mended', async ({ playground, page }) => {
  await playground.open('?scenario=cordon-and-drain&version=v1.30')
  await expect(page.getByText('Kubernetes v1.30 is not known here')).toBeVisible()
  await expect(page.getByRole('button', { name: /^Scenario: / })).not.toHaveAccessibleName(/Playground/)
  await expect(page).toHaveURL(/\?scenario=cordon-and-drain$/)
  await playground.open('?scenario=__proto__')
  await expect(page.getByText('There is no scenario "__proto__"')).toBeVisible()
  await expect(page).toHaveURL(/playground\/$/)
})

test('what cannot be drawn, since something else wrote into the page, fails alone and can be drawn again', async ({
  playground,
  page,
  complaints,
}) => {
  await playground.open()
  await playground.addSample()
  // translators put texts into elements of their own: the page asks them not to; this does it all the same
  expect(await page.locator('html').getAttribute('translate')).toBe('no')
  await page.getByRole('tab', { name: 'Why' }).click()
  await page.locator('[data-panel=why]').evaluate((panel) => {
    const foreign = document.createElement('font')
    foreign.append(...panel.childNodes)
    panel.append(foreign)
  })
  await playground.pods('worker-0', 'node-agent').click()
  const alert = page.getByRole('alert').filter({ hasText: 'This part of the page cannot be drawn.' })
  await expect(alert).toContainText('are as they were')
  await playground.type('kubectl get nodes -o name')
  await expect(playground.terminal).toContainText('node/worker-1')
  await alert.getByRole('button', { name: 'Draw it again' }).click()
  await expect(alert).toHaveCount(0)
  await expect(page.locator('[data-panel=why]')).toContainText('node-agent-')
  // React tells the console what it could not do
  complaints.length = 0
})

test('a part that could not be loaded is asked for again', async ({ playground, page, complaints }) => {
  let isAway = true
  await page.route('**/assets/EventsPanel-*.js', (route) => (isAway ? route.abort() : route.continue()))
  await playground.open()
  await page.getByRole('tab', { name: 'Events' }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'This part of the page cannot be drawn.' })
  await expect(alert).toContainText('are as they were')
  isAway = false
  await alert.getByRole('button', { name: 'Draw it again' }).click()
  await expect(page.locator('[data-panel=events]')).toContainText('kubelet')
  // the browser tells the console what it could not load
  complaints.length = 0
})

test('a browser that knows no popovers is given them', async ({ playground, page }) => {
  await page.addInitScript(() => {
    for (const name of ['popover', 'showPopover', 'hidePopover', 'togglePopover']) Reflect.deleteProperty(HTMLElement.prototype, name)
    Reflect.deleteProperty(Element.prototype, 'checkVisibility')
  })
  await playground.open()
  // this browser goes on hiding what it knows to be one
  await page.addStyleTag({ content: '[popover].\\:popover-open { display: block }' })
  await page.getByRole('button', { name: /^Kubernetes 1\.36/ }).click()
  await expect(page.getByRole('menu')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.getByRole('button', { name: 'Step', exact: true }).hover()
  await expect(page.getByText('Step (.)')).toBeVisible()
})
