import { browserArgs, findBrowser } from './browser.ts'
import { expect, test } from './playground.ts'

// the browser's own setting: a reader asks for letters half as big again
test.use({ launchOptions: { executablePath: await findBrowser(), args: [...browserArgs, '--blink-settings=defaultFontSize=24'] } })

for (const width of [1440, 480]) {
  test(`the page follows the text size that the browser is set to, and cuts nothing off, at ${width} px`, async ({ playground, page }) => {
    await page.setViewportSize({ width, height: 900 })
    await playground.open()
    await playground.type('kubectl taint nodes worker-0 dedicated=gpu:NoSchedule maintenance=true:PreferNoSchedule')
    const card = playground.node('worker-0')
    await expect(card).toContainText('dedicated=gpu')
    await expect(page.getByText('Node', { exact: true }).first()).toHaveCSS('font-size', '19.5px')
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(sideways).toBeLessThanOrEqual(0)
    // the picture's boxes are worked out, not measured: what is in them must find its room
    await expect.poll(() => card.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight)).toBeLessThanOrEqual(0)
  })
}
