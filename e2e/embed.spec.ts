import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import AxeBuilder from '@axe-core/playwright'
import { expect, test, watchConsole } from './playground.ts'

let article: Server

/** An article on another origin that shows the embed in a sandboxed frame. */
test.beforeAll(async ({ baseURL }) => {
  const frame = `<iframe sandbox="allow-scripts" src="${baseURL}embed.html?scenario=article&start=click" width="720" height="500" title="One pod per node"></iframe>`
  const element = `<script src="${baseURL}embed.js"></script><daemonset-playground scenario="article" version="1.23"></daemonset-playground>`
  article = createServer(({ url }, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><title>Article</title><link rel="icon" href="data:,"><p>Before the picture.</p>${url === '/element' ? element : frame}<p>After it.</p>`,
    )
  })
  await new Promise<void>((resolve) => article.listen(0, 'localhost', resolve))
})

test.afterAll(() => {
  article.close()
})

const address = (path: string) => `http://localhost:${(article.address() as AddressInfo).port}${path}`

test('the embed runs in a sandboxed frame on another origin', async ({ page, complaints }) => {
  watchConsole(page, complaints)
  await page.goto(address('/'))
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(frame.getByText('worker-0', { exact: true }).first()).toBeVisible()
  await frame.getByRole('button', { name: 'Next step' }).click()
  await expect(frame.getByRole('button', { name: /^node-agent, pod .*running and ready/ })).toHaveCount(2)
  await expect(frame.getByText('DESIRED').first()).toBeVisible()
  expect(await page.locator('iframe').evaluate((iframe) => (iframe as HTMLIFrameElement).contentDocument)).toBeNull()
  // whatever the next step is called, the bar is as high
  const bar = frame.locator('main > header')
  const next = frame.getByRole('button', { name: 'Next step' })
  await next.click()
  await next.click()
  await expect(next).toContainText('kubectl get pods -l app=node-agent')
  for (const [width, height] of [
    [640, 49],
    [390, 83],
  ]) {
    await page.locator('iframe').evaluate((iframe, value) => iframe.setAttribute('width', String(value)), width)
    await expect.poll(async () => (await bar.boundingBox())?.height).toBe(height)
  }
  await expect(frame.getByRole('textbox', { name: 'Command' }).or(frame.getByRole('combobox', { name: 'Command' }))).toBeInViewport()
  // beside the answer the cards have room
  await frame.getByRole('heading', { name: 'worker-1' }).click()
  await expect(frame.getByRole('button', { name: 'Close' })).toBeVisible()
  await expect(frame.getByRole('article', { name: /^worker-1,/ })).toBeInViewport({ ratio: 1 })
})

test('what the page around it sends is no command to the embed, however large or strange', async ({ page, complaints }) => {
  watchConsole(page, complaints)
  await page.goto(address('/element'))
  const frame = page.frameLocator('iframe')
  const card = frame.getByRole('article', { name: /^worker-0,/ })
  await expect(card).toBeVisible()
  await page.evaluate(() => {
    const strange = [
      null,
      'garbage',
      { type: 'frame', reset: true },
      { id: 1, type: 'shell', line: 'kubectl delete nodes --all' },
      { source: 'daemonset-playground', version: 1, type: 'height', height: 1e9 },
      new Map([[1, new Error('x')]]),
      'x'.repeat(5_000_000),
    ]
    for (const message of strange) document.querySelector('iframe')?.contentWindow?.postMessage(message, '*')
  })
  await frame
    .getByRole('textbox', { name: 'Command' })
    .or(frame.getByRole('combobox', { name: 'Command' }))
    .fill('kubectl get nodes -o name')
  await page.keyboard.press('Enter')
  await expect(frame.getByRole('log')).toContainText('node/worker-1')
  await expect(card).toBeVisible()
})

test('the element has a height to be seen at, and asks for no endless address', async ({ page }) => {
  await page.goto(address('/element'))
  const heightOf = (height: string) =>
    page.locator('daemonset-playground').evaluate((element, value) => {
      element.setAttribute('height', value)
      return element.querySelector('iframe')?.style.height
    }, height)
  expect(await heightOf('300')).toBe('300px')
  for (const height of ['', '0', '-5', '1e999', '99999999', '300px', 'NaN']) expect(await heightOf(height)).toBe('480px')
  await page.locator('daemonset-playground').evaluate((element) => element.setAttribute('scenario', 'x'.repeat(20_000)))
  await expect(page.frameLocator('iframe').getByText('There is no scenario "xxx')).toBeVisible()
})

test('its cluster is of the Kubernetes that the article is about', async ({ page }) => {
  await page.goto(address('/element'))
  const frame = page.frameLocator('iframe')
  const line = frame.getByRole('textbox', { name: 'Command' }).or(frame.getByRole('combobox', { name: 'Command' }))
  await line.fill('kubectl version')
  await line.press('Enter')
  await expect(frame.getByText('Server Version: v1.23.13')).toBeVisible()
})

/** Steps of the scenario `article` until a DaemonSet has no pod on one of the nodes. */
const stepsToGhost = 8

for (const [width, height] of [
  [320, 420],
  [360, 480],
  [600, 400],
  [720, 400],
] as const)
  test(`in a frame of ${width} by ${height} all of the embed can be reached`, async ({ page, complaints }) => {
    watchConsole(page, complaints)
    await page.setViewportSize({ width, height })
    await page.goto('./embed.html?scenario=article')
    const next = page.getByRole('button', { name: 'Next step' })
    for (let done = 1; done <= stepsToGhost; done++) {
      await next.click()
      await expect(next).toHaveAttribute('data-tip', new RegExp(`Step ${done} of`))
    }
    await page.getByRole('button', { name: /^ssd-agent has no pod on worker-1/ }).click()
    // the answer is seen at once, to its end, beside the picture and what comes next
    await expect(page.getByText('node selector: the node lacks the label')).toBeInViewport({ ratio: 1 })
    await expect(next).toBeInViewport({ ratio: 1 })
    expect(await page.evaluate(() => document.querySelector('main')?.scrollWidth)).toBe(width)
    const line = page.getByRole('textbox', { name: 'Command' }).or(page.getByRole('combobox', { name: 'Command' }))
    await next.hover()
    await page.mouse.wheel(0, 600)
    await expect(line).toBeInViewport({ ratio: 1 })
    await expect(next).toBeInViewport({ ratio: 1 })
  })

test('without a terminal the last command can be read, with what was applied and printed', async ({ page, complaints }) => {
  watchConsole(page, complaints)
  await page.setViewportSize({ width: 360, height: 480 })
  await page.goto('./embed.html?scenario=article&terminal=0')
  const next = page.getByRole('button', { name: 'Next step' })
  await next.click()
  await expect(next).toHaveAttribute('data-tip', /Step 1 of/)
  const command = page.locator('summary')
  await expect(command).toContainText('kubectl apply -f -')
  await command.press('Enter')
  const lines = page.getByRole('region', { name: 'What the last command was given and printed' })
  await expect(lines).toContainText('kind: DaemonSet')
  await expect(lines).toContainText('daemonset.apps/node-agent created')
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
})

test('without a scenario it offers a DaemonSet to begin with', async ({ page, complaints }) => {
  watchConsole(page, complaints)
  await page.goto('./embed.html?terminal=0')
  await page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
  await expect(page.getByRole('button', { name: /^node-agent, pod .*running and ready/ })).toHaveCount(2)
  await expect(page.getByRole('button', { name: 'Add a sample DaemonSet' })).toHaveCount(0)
})
