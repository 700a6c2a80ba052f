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
  await page.getByRole('button', { name: 'Fit', exact: true }).click()
  await expect.poll(() => drawnCards(page)).toBeGreaterThan(2 * drawn)
  await page.getByRole('button', { name: 'Table', exact: true }).click()
  const row = (name: string) => page.getByRole('rowheader', { name, exact: true })
  await expect(row('worker-99')).toBeVisible()
  await expect(row('worker-100')).toHaveCount(0)
  await page.getByRole('button', { name: 'Next page' }).click()
  await expect(row('worker-100')).toBeVisible()
  await expect(page.getByText('Page 2 of 4')).toBeVisible()
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
  await playground.type("kubectl set image ds/node-agent '*=busybox:other'")
  await page.getByRole('button', { name: 'What will happen', exact: true }).click()
  const ahead = page.getByRole('region', { name: 'If this were applied now' })
  await expect(ahead.getByText(/of cluster time so far/)).toBeVisible()
  await page.getByRole('button', { name: 'Pause', exact: true }).click()
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible()
  await expect(ahead.getByText('Looking ahead…')).toBeVisible()
  await ahead.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(ahead).toHaveCount(0)
})
