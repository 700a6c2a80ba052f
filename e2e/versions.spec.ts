import AxeBuilder from '@axe-core/playwright'
import { expect, type Playground, test } from './playground.ts'

async function openComparison({ page }: Playground) {
  await page.getByRole('button', { name: /^Kubernetes 1\.\d+/ }).click()
  await page.getByRole('menuitem', { name: 'Compare two versions…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Compare two versions' })
  await expect(dialog).toBeVisible()
  return dialog
}

test('the version of the cluster is chosen in the top bar and survives a reload', async ({ playground, page }) => {
  await playground.open()
  await page.getByRole('button', { name: 'Kubernetes 1.36' }).click()
  await page.getByRole('menuitemradio', { name: 'Kubernetes 1.23' }).click()
  await expect(page.getByRole('button', { name: 'Kubernetes 1.23' })).toBeVisible()
  await expect(playground.node('worker-0')).toBeVisible()
  await playground.type('kubectl version')
  await expect(playground.terminal).toContainText(/Server Version: v1\.23\./)
  await page.reload()
  await expect(page.getByRole('button', { name: 'Kubernetes 1.23' })).toBeVisible()
})

test('one scenario on two versions: what differs, side by side, and what changed', async ({ playground, page }) => {
  await playground.open('?scenario=noschedule-taint')
  const dialog = await openComparison(playground)
  // no two scenarios are called the same
  const names = await dialog.getByRole('combobox', { name: 'Scenario' }).getByRole('option').allTextContents()
  expect(new Set(names).size).toBe(names.length)
  await dialog.getByRole('combobox', { name: 'First version' }).selectOption('1.32')
  await dialog.getByRole('combobox', { name: 'Second version' }).selectOption('1.33')
  await dialog.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(dialog.getByRole('status')).toContainText('3 of 8 steps differ')
  const tainted = dialog.getByRole('table', { name: 'kubectl taint nodes worker-1 dedicated=gpu:NoSchedule' })
  const [old, young] = [tainted.getByRole('cell').nth(0), tainted.getByRole('cell').nth(1)]
  await expect(old).toContainText('agent: desiredNumberScheduled 2')
  await expect(young).toContainText('agent: desiredNumberScheduled 3')
  await expect(dialog.getByText('node events reach DaemonSets through a queue of their own')).toBeVisible()
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  await expect(playground.node('worker-0')).toBeVisible()
})

test('the comparison works from the keyboard and says when nothing differs', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await page.getByRole('button', { name: 'Scenario: Playground' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Compare two versions…' }).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Compare two versions' })
  await expect(dialog.getByRole('combobox', { name: 'Scenario' })).toBeFocused()
  await dialog.getByRole('combobox', { name: 'Scenario' }).selectOption('node-selector')
  await dialog.getByRole('combobox', { name: 'First version' }).selectOption('1.36')
  await dialog.getByRole('button', { name: 'Compare', exact: true }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog.getByText('Both versions do the same in every step.')).toBeVisible()
  expect(await playground.sideways()).toBeLessThanOrEqual(0)
})

test('Tab completes the type and shows what is possible', async ({ playground, page }) => {
  await playground.open()
  await playground.commandLine.fill('kubectl get no')
  await playground.commandLine.press('Tab')
  await expect(playground.commandLine).toHaveValue('kubectl get nodes ')
  await playground.commandLine.press('Tab')
  await expect(playground.commandLine).toHaveValue('kubectl get nodes worker-')
  await expect(page.getByRole('list', { name: '2 completions' })).toBeInViewport()
})
