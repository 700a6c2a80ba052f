import { join } from 'node:path'
import { expect, test } from './playground.ts'

test.skip(!process.env.SCREENSHOT, 'makes the picture of the README: npm run screenshot')

test('the picture of the README', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.addNode()
  await expect(playground.pods('worker-2', 'node-agent')).toHaveCount(1)
  for (const line of ['kubectl taint nodes worker-1 maintenance=now:NoExecute', 'kubectl cordon worker-2', 'kubectl get ds']) {
    await playground.type(line)
    await page.waitForTimeout(1200)
  }
  await playground.ghost('worker-1', 'node-agent').click()
  await page.waitForTimeout(3000)
  await page.screenshot({ path: join(import.meta.dirname, '../public/screenshot.png') })
})
