import { test as base, expect, type Locator, type Page } from '@playwright/test'

/** The page as a person uses it. Fails on any console error or warning, and on requests to other origins. */
export class Playground {
  readonly page: Page

  constructor(page: Page) {
    this.page = page
  }

  async open(query = ''): Promise<void> {
    await this.page.goto(`./${query}`)
    await expect(this.node('worker-0')).toBeVisible()
  }

  node(name: string): Locator {
    return this.page.getByRole('article', { name: new RegExp(`^${name},`) })
  }

  /** Tiles of a workload's pods on a node, ghosts not among them. */
  pods(node: string, workload: string): Locator {
    return this.node(node).getByRole('button', { name: new RegExp(`^${workload}, pod `) })
  }

  ghost(node: string, daemonset: string): Locator {
    return this.node(node).getByRole('button', { name: new RegExp(`^${daemonset} has no pod on ${node}`) })
  }

  /** A number of the DaemonSet bar. */
  number(daemonset: string, column: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${daemonset}: ${column} `) })
  }

  get commandLine(): Locator {
    return this.page.getByRole('combobox', { name: 'Command' }).or(this.page.getByRole('textbox', { name: 'Command' }))
  }

  get terminal(): Locator {
    return this.page.getByRole('log')
  }

  /** Types a line into the terminal. */
  async type(line: string): Promise<void> {
    await this.commandLine.fill(line)
    await this.commandLine.press('Enter')
  }

  /** Opens an empty manifest and pastes a text into it. */
  async write(text: string): Promise<void> {
    await this.page.getByRole('button', { name: 'New manifest', exact: true }).click()
    await this.paste(text)
  }

  /** Pastes a text over the open manifest. */
  async paste(text: string): Promise<void> {
    const editor = this.page.locator('.monaco-editor').first()
    await expect(editor).toBeVisible()
    await editor.click()
    await this.page.keyboard.press('Control+a')
    await this.page.evaluate((pasted) => {
      const data = new DataTransfer()
      data.setData('text/plain', pasted)
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }))
    }, text)
  }

  async addSample(): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a sample DaemonSet' }).click()
    await expect(this.number('node-agent', 'READY')).toContainText('2')
  }

  async addNode(): Promise<void> {
    await this.page.getByRole('button', { name: 'Node', exact: true }).click()
  }

  /** Does something from a node's own toolbar. */
  async onNode(name: string, action: string | RegExp): Promise<void> {
    await this.node(name).hover()
    await this.node(name).getByRole('toolbar').getByRole('button', { name: action }).click()
  }

  /** How far the page, or what it is in, can be scrolled sideways, px. */
  sideways(): Promise<number> {
    return this.page.evaluate(() => {
      const app = document.querySelector('#root > *')
      if (!app) return Number.NaN
      return Math.max(...[document.documentElement, app].map((element) => element.scrollWidth - element.clientWidth))
    })
  }

  /** Skips to the next change until something holds. */
  async skipUntil(holds: () => Promise<boolean | undefined>, atMost = 40): Promise<void> {
    const skip = this.page.getByRole('button', { name: /Skip to next change/ })
    for (let i = 0; i < atMost; i++) {
      if (await holds()) return
      if (await skip.isEnabled()) await skip.click()
      await this.page.waitForTimeout(150)
    }
    expect(Boolean(await holds())).toBe(true)
  }
}

/** What the browser must not say. */
export function watchConsole(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
}

export const test = base.extend<{ playground: Playground; complaints: string[] }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright asks for an object pattern
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints).toEqual([])
  },
  playground: async ({ page, baseURL, complaints }, use) => {
    watchConsole(page, complaints)
    const origin = new URL(baseURL ?? '').origin
    page.on('request', (request) => {
      const { protocol, origin: to } = new URL(request.url())
      if (protocol.startsWith('http') && to !== origin) complaints.push(`request to ${request.url()}`)
    })
    await use(new Playground(page))
  },
})

export { expect }
