import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect, type Playground, test } from './playground.ts'

/** So many machines join at once, and each gets its pod. */
async function addMachines(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: 'More machines' }).click()
  await page.getByRole('menuitem', { name: /^Add several/ }).click()
  await page.getByLabel('How many').fill(String(count))
  await page.getByRole('button', { name: `Add ${count} nodes` }).click()
}

const drawnCards = (page: Page) => page.getByRole('article').count()

async function withMachines(playground: Playground, page: Page, count: number): Promise<void> {
  await playground.open()
  await playground.addSample()
  await addMachines(page, count)
  await expect(playground.number('node-agent', 'READY')).toContainText(String(count + 2), { timeout: 60_000 })
}

test('of many nodes those in view are drawn, and the table has all of them in pages', async ({ playground, page }) => {
  await withMachines(playground, page, 300)
  const drawn = await drawnCards(page)
  expect(drawn).toBeLessThan(40)
  await page.getByRole('button', { name: 'Whole cluster', exact: true }).click()
  await expect.poll(() => drawnCards(page)).toBe(302)
  await expect(playground.node('worker-301')).toBeInViewport({ ratio: 0.99 })
  // what draws it stays legible, below all cards
  const link = page.getByRole('link', { name: 'React Flow' })
  await expect.poll(async () => (await link.boundingBox())?.height).toBeCloseTo(24, 0)
  await expect(link).toBeInViewport({ ratio: 1 })
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const row = (name: string) => page.getByRole('rowheader', { name, exact: true })
  await expect(row('worker-99')).toBeVisible()
  await expect(row('worker-100')).toHaveCount(0)
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(row('worker-100')).toBeVisible()
  await expect(page.getByText('Page 2 of 4')).toBeVisible()
  // what the pointer rests on names it, and covers no page
  await expect(page.getByRole('button', { name: 'Next page' })).toBeInViewport({ ratio: 1 })
  await row('worker-180').scrollIntoViewIfNeeded()
  await expect(page.getByRole('columnheader', { name: 'Taints' })).toBeInViewport()
})

test('a node is found in the table by its name, its pod or what is odd about it', async ({ playground, page }) => {
  await withMachines(playground, page, 150)
  await playground.type('kubectl cordon worker-77')
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const search = page.getByRole('searchbox', { name: 'Find nodes' })
  const rows = page.getByRole('table', { name: /and their pods/ }).getByRole('rowheader')
  await search.fill('worker-149')
  await expect(page.getByText('1 of 152 nodes')).toBeVisible()
  await expect(rows).toHaveText(['worker-149'])
  await search.fill('cordoned')
  await expect(rows).toHaveText(['worker-77'])
  await page.getByRole('button', { name: 'worker-77', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'What about worker-77?' })).toBeVisible()
  await search.fill('coredns')
  await expect(rows).toHaveCount(2)
  await search.fill('nothing like it')
  await expect(page.getByText('none of 152 nodes')).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await search.fill('')
  await expect(page.getByText('Page 1 of 2')).toBeVisible()
  // of what a number counts the exception comes first, and the rest is folded
  await playground.type('kubectl taint nodes worker-3 x=y:NoExecute')
  await expect(playground.number('node-agent', 'DESIRED')).toContainText('151')
  await playground.number('node-agent', 'DESIRED').click()
  const why = page.getByRole('region', { name: 'Why' })
  await expect(why.getByRole('listitem').first()).toContainText('worker-3')
  await expect(why.getByText('151 nodes that it counts')).toBeVisible()
  await expect(why.getByText('and 101 more')).toBeHidden()
  await why.getByText('151 nodes that it counts').click()
  await expect(why.getByText('and 101 more')).toBeVisible()
})

test('more nodes than cards have room for are all drawn in a map, which keys go through', async ({ playground, page }) => {
  await withMachines(playground, page, 450)
  await playground.type('kubectl cordon worker-7')
  await page.getByRole('button', { name: 'Whole cluster', exact: true }).click()
  const map = page.getByRole('region', { name: 'All 452 nodes' })
  await expect(map.getByText('451 Ready', { exact: true })).toBeVisible()
  await expect(map.getByText('1 Ready, cordoned')).toBeVisible()
  await expect(page.locator('.react-flow')).toHaveAttribute('inert')
  const cell = map.getByRole('button')
  await cell.focus()
  await expect(cell).toHaveAccessibleName('worker-0, Ready, all its pods are ready')
  for (let i = 0; i < 7; i++) await page.keyboard.press('ArrowRight')
  await expect(cell).toHaveAccessibleName('worker-7, Ready, cordoned, all its pods are ready')
  await expect(cell).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'What about worker-7?' })).toBeVisible()
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([])
  await page.getByRole('button', { name: 'Whole cluster', exact: true }).click()
  await expect(playground.node('worker-0')).toBeVisible()
})

test('the reaction tells what many did alike in one line, below what it is because of', async ({ playground, page }) => {
  await withMachines(playground, page, 300)
  const reaction = page.getByRole('region', { name: 'Reaction' })
  const story = reaction.getByRole('listitem').filter({ hasText: '300 machines join' }).first()
  const group = story.getByRole('button', { name: 'The DaemonSet controller created 300 Pods' })
  await expect(group).toHaveAttribute('aria-expanded', 'false')
  await expect(reaction.getByText(/created Pod node-agent-/)).toHaveCount(2)
  await group.click()
  await expect(group).toHaveAttribute('aria-expanded', 'true')
  // the first of them, and the two of the sample
  await expect(reaction.getByText(/created Pod node-agent-\w+ on worker-\d+$/)).toHaveCount(62)
  await expect(reaction.getByRole('button', { name: '240 more' })).toBeVisible()
})

test('a long look ahead lets clicks through and can be stopped', async ({ playground, page }) => {
  test.slow()
  await withMachines(playground, page, 400)
  await page.locator('.monaco-editor').first().waitFor()
  // all at once to another image: the manifest brings them back one by one
  const spec = {
    updateStrategy: { rollingUpdate: { maxUnavailable: '100%' } },
    template: { spec: { containers: [{ name: 'agent', image: 'busybox:other' }] } },
  }
  await playground.type(`kubectl patch ds/node-agent -p '${JSON.stringify({ spec })}'`)
  await expect(playground.number('node-agent', 'UP-TO-DATE')).not.toContainText('402')
  await expect(playground.number('node-agent', 'UP-TO-DATE')).toContainText('402', { timeout: 60_000 })
  await page.getByRole('button', { name: 'What will happen', exact: true }).focus()
  // in the page itself, as fast as it draws: a test that looks from outside may come when all is over
  const seen = await page.evaluate(async () => {
    const button = (name: string) => [...document.querySelectorAll('button')].find((b) => (b.ariaLabel ?? b.textContent) === name)
    const shows = (text: string) => document.body.textContent.includes(text)
    const until = async (isThere: () => boolean) => {
      for (let frames = 0; !isThere() && frames < 3000; frames++) await new Promise((done) => requestAnimationFrame(done))
    }
    ;(document.activeElement as HTMLElement).click()
    await until(() => shows('of cluster time so far'))
    button('Pause')?.click()
    await until(() => button('Play') !== undefined)
    const paused = { isPaused: button('Play') !== undefined, looksAhead: shows('Looking ahead…') }
    button('Stop')?.click()
    return paused
  })
  expect(seen).toEqual({ isPaused: true, looksAhead: true })
  await expect(page.getByRole('region', { name: 'If this were applied now' })).toHaveCount(0)
})
