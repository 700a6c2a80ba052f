import { browserArgs, findBrowser } from './browser.ts'
import { expect, test } from './playground.ts'

// the browser's own setting: a reader asks for letters half as big again
test.use({ launchOptions: { executablePath: await findBrowser(), args: [...browserArgs, '--blink-settings=defaultFontSize=24'] } })

test('another text size is followed at once by all that is worked out in pixels', async ({ playground, page }) => {
  await page.setViewportSize({ width: 1440, height: 900 })
  await playground.open()
  await playground.addSample()
  await page.getByRole('tab', { name: 'Manifest', exact: true }).click()
  const card = playground.node('worker-0')
  const lines = page.locator('.monaco-editor .view-lines').first()
  await expect(lines).toHaveCSS('font-size', '18.75px')
  const before = await card.boundingBox()
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '16px'
  })
  await expect(lines).toHaveCSS('font-size', '12.5px')
  await expect.poll(async () => ((await card.boundingBox())?.height ?? 0) / (before?.height ?? 1)).toBeCloseTo(16 / 24, 1)
})

for (const width of [1440, 480]) {
  test(`the page follows the text size that the browser is set to, and cuts nothing off, at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 })
    await playground.open()
    await playground.type('kubectl taint nodes worker-0 dedicated=gpu:NoSchedule maintenance=true:PreferNoSchedule')
    const card = playground.node('worker-0')
    await expect(card).toContainText('dedicated=gpu')
    await expect(page.getByText('Node', { exact: true }).first()).toHaveCSS('font-size', '19.5px')
    expect(await playground.sideways()).toBeLessThanOrEqual(0)
    // the picture's boxes are worked out, not measured: what is in them must find its room
    await expect.poll(() => card.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThanOrEqual(0)
  })
}
