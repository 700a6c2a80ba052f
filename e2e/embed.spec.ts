import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test, watchConsole } from './playground.ts'

let article: Server

/** An article on another origin that shows the embed in a sandboxed frame. */
test.beforeAll(async ({ baseURL }) => {
  article = createServer((_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(
      `<!doctype html><title>Article</title><link rel="icon" href="data:,"><p>Before the picture.</p>
      <iframe sandbox="allow-scripts" src="${baseURL}embed.html?scenario=article&start=click" width="720" height="500" title="One pod per node"></iframe>
      <p>After it.</p>`,
    )
  })
  await new Promise<void>((resolve) => article.listen(0, 'localhost', resolve))
})

test.afterAll(() => {
  article.close()
})

test('the embed runs in a sandboxed frame on another origin', async ({ page, complaints }) => {
  watchConsole(page, complaints)
  await page.goto(`http://localhost:${(article.address() as AddressInfo).port}/`)
  const frame = page.frameLocator('iframe')
  await frame.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(frame.getByText('worker-0', { exact: true }).first()).toBeVisible()
  await frame.getByRole('button', { name: 'Next step' }).click()
  await expect(frame.getByRole('button', { name: /^node-agent, pod .*running and ready/ })).toHaveCount(2)
  await expect(frame.getByText('DESIRED').first()).toBeVisible()
  expect(await page.locator('iframe').evaluate((iframe) => (iframe as HTMLIFrameElement).contentDocument)).toBeNull()
})
