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
