import { expect, type Playground, test } from './playground.ts'

interface Case {
  what: string
  rule: string
  /** A stretch of the marked line. */
  line: string
  fix: string
  text: string
  /** What is typed into the terminal, or applied, before. */
  commands?: string[]
  applied?: string
}

const manifest = ({
  kind = 'DaemonSet',
  apiVersion = 'apps/v1',
  name = 'agent',
  label = 'agent',
  spec = '',
  pod = '',
  image = 'busybox:1',
  container = '',
} = {}) =>
  `apiVersion: ${apiVersion}
kind: ${kind}
metadata:
  name: ${name}
spec:
${spec && `  ${spec}\n`}  selector: {matchLabels: {app: agent}}
  template:
    metadata: {labels: {app: ${label}}}
    spec:
${pod && `      ${pod}\n`}      containers:
        - name: agent
          image: ${image}
${container && `          ${container}\n`}`

const limits = (text: string) => `updateStrategy: {rollingUpdate: {${text}}}`
const affinity = (expression: string) =>
  `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [${expression}]}]}}}`

const set = (service: string) => manifest({ kind: 'StatefulSet', name: 'set', spec: `serviceName: ${service}` })

const cases: Case[] = [
  {
    what: 'a selector that does not match the labels',
    rule: 'DS-15.12',
    line: 'labels: {app: other}',
    fix: 'Label the pods as the selector asks',
    text: manifest({ label: 'other' }),
  },
  {
    what: 'maxSurge with a host port',
    rule: 'SCH-3.13',
    line: 'hostPort',
    fix: 'Update without surge (maxUnavailable: 1)',
    text: manifest({ spec: limits('maxSurge: 1, maxUnavailable: 0'), container: 'ports: [{containerPort: 80, hostPort: 8080}]' }),
  },
  {
    what: 'both limits 0',
    rule: 'DS-15.54',
    line: 'maxSurge',
    fix: 'Set maxUnavailable: 1',
    text: manifest({ spec: limits('maxSurge: 0, maxUnavailable: 0') }),
  },
  {
    what: 'both limits set',
    rule: 'DS-15.54',
    line: 'maxSurge',
    fix: 'Set maxUnavailable: 0',
    text: manifest({ spec: limits('maxSurge: 1, maxUnavailable: 1') }),
  },
  { what: 'surge alone', rule: 'DS-14.1', line: 'maxSurge', fix: 'Add maxUnavailable: 0', text: manifest({ spec: limits('maxSurge: 1') }) },
  {
    what: 'a toleration of everything',
    rule: 'DS-4.7',
    line: 'Exists',
    fix: 'Remove it: no node here has such a taint',
    text: manifest({ pod: 'tolerations: [{operator: Exists}]' }),
  },
  {
    what: 'a toleration that the controller overwrites',
    rule: 'DS-7.6',
    line: 'not-ready',
    fix: 'Remove this toleration',
    text: manifest({ pod: 'tolerations: [{key: node.kubernetes.io/not-ready, operator: Exists, effect: NoExecute, tolerationSeconds: 5}]' }),
  },
  {
    what: 'a toleration of no taint',
    rule: 'DS-4.7',
    line: 'team',
    fix: 'Remove this toleration',
    text: manifest({ pod: 'tolerations: [{key: team, operator: Exists}]' }),
  },
  {
    what: 'a node selector of no node',
    rule: 'DS-4.3',
    line: 'linx',
    fix: 'Write kubernetes.io/os: linux',
    text: manifest({ pod: 'nodeSelector: {kubernetes.io/os: linx}' }),
  },
  {
    what: 'affinity of no node',
    rule: 'DS-4.4',
    line: 'gpu',
    fix: 'Remove the required affinity',
    text: manifest({ pod: affinity('{key: gpu, operator: Exists}') }),
  },
  {
    what: 'affinity that is replaced in the pods',
    rule: 'DS-7.7',
    line: 'requiredDuring',
    fix: 'Say it as a node selector, which stays in the pods',
    text: manifest({ pod: affinity('{key: kubernetes.io/os, operator: In, values: [linux]}') }),
  },
  {
    what: 'a request beyond every node',
    rule: 'DS-4.5',
    line: '500',
    fix: 'Write cpu: 100m',
    text: manifest({ container: 'resources: {requests: {cpu: 500}}' }),
  },
  {
    what: 'an old field',
    rule: 'DEP-1',
    line: 'serviceAccount: bot',
    fix: 'Write serviceAccountName',
    text: manifest({ pod: 'serviceAccount: bot' }),
  },
  { what: 'a misspelt kind', rule: 'DS-16.5', line: 'Daemonset', fix: 'Write DaemonSet', text: manifest({ kind: 'Daemonset' }) },
  { what: 'a misspelt apiVersion', rule: 'DS-16.5', line: 'app/v1', fix: 'Write apps/v1', text: manifest({ apiVersion: 'app/v1' }) },
  { what: 'a text that YAML reads as a number', rule: 'YAML-1.1', line: '010', fix: 'Write "010"', text: manifest({ container: 'args: [010]' }) },
  {
    what: 'a key that stands twice',
    rule: 'YAML-1.1',
    line: 'image: busybox:1',
    fix: 'Remove this image',
    text: manifest({ container: 'image: busybox:2' }),
  },
  {
    what: 'OnDelete with another image',
    rule: 'DS-11.1',
    line: 'busybox:2',
    fix: 'Update by itself: RollingUpdate',
    applied: manifest({ spec: 'updateStrategy: {type: OnDelete}' }),
    text: manifest({ spec: 'updateStrategy: {type: OnDelete}', image: 'busybox:2' }),
  },
  {
    what: 'another selector than the live one',
    rule: 'DS-15.60',
    line: 'selector',
    fix: 'Put the selector back',
    text: manifest({ label: 'b' }).replace('app: agent', 'app: b'),
  },
  { what: 'an immutable field', rule: 'API-1', line: 'serviceName', fix: 'Put it back', applied: set('one'), text: set('two') },
  {
    what: 'a control plane left out',
    rule: 'DS-4.6',
    line: 'spec:',
    fix: 'Tolerate the control-plane taint',
    commands: ['kubectl taint node worker-1 node-role.kubernetes.io/control-plane:NoSchedule'],
    text: manifest(),
  },
  {
    what: 'no priority class on a full cluster',
    rule: 'SCH-8.7',
    line: 'spec:',
    fix: 'Give it system-node-critical',
    applied: manifest({ kind: 'Deployment', name: 'big', pod: 'nodeName: worker-0', container: 'resources: {requests: {cpu: 3900m}}' }),
    text: manifest({ container: 'resources: {requests: {cpu: 200m}}' }),
  },
]

const said = ({ page }: Playground) => page.getByRole('list', { name: 'What the API server said' })

/** The text as the page keeps it. */
const kept = ({ page }: Playground, text: string) =>
  page.evaluate((wanted) => JSON.stringify({ ...localStorage }).includes(wanted), JSON.stringify(JSON.stringify(text)).slice(3, -3))

/** Numbers of the lines in view that are marked by a hint. */
const markedLines = ({ page }: Playground) =>
  page.evaluate(() => {
    const rows = (of: string) => [...document.querySelectorAll<HTMLElement>(`.monaco-editor ${of} > div`)]
    const marked = rows('.view-overlays').filter((row) => row.querySelector('.squiggly-error, .squiggly-warning, .squiggly-info'))
    const topOf = (row: HTMLElement) => Number.parseFloat(row.style.top)
    const numbers = rows('.margin-view-overlays').filter((row) => row.textContent?.trim())
    // a line that is wrapped has its number beside its beginning
    const lineOf = (row: HTMLElement) => Math.max(...numbers.filter((one) => topOf(one) <= topOf(row)).map((one) => Number(one.textContent)))
    return [...new Set(marked.map(lineOf))]
  })

test('each hint is seen at its line, leads to its rule, is fixed and comes back', async ({ playground, page }) => {
  test.setTimeout(300_000)
  await playground.open()
  await page.getByRole('button', { name: 'New manifest', exact: true }).click()
  const hints = page.getByRole('list', { name: 'Hints' })
  for (const { what, rule, line, fix, text, commands = [], applied } of cases) {
    await test.step(what, async () => {
      for (const command of commands) await playground.type(command)
      if (applied) {
        await playground.paste(applied)
        await page.getByRole('button', { name: 'Apply', exact: true }).click()
        await expect(said(playground)).toContainText(/created|configured/)
      }
      await playground.paste(text)
      const count = page.getByRole('button', { name: /^\d+ hints?$/ })
      if ((await hints.isHidden()) && (await count.waitFor().then(() => count.getAttribute('aria-expanded'))) === 'false') await count.click()
      const hint = hints.getByRole('listitem').filter({ has: page.getByRole('button', { name: `Rule ${rule}`, exact: true }) })
      const mend = hint.getByRole('button', { name: fix, exact: true })
      await expect(mend).toBeVisible()
      // the hint stands at its line; the lines of hints are marked, and no others
      const at = text.split('\n').findLastIndex((one) => one.includes(line)) + 1
      await hint.getByRole('button', { name: `Go to line ${at}`, exact: true }).click()
      const told = async () => [...new Set((await hints.getByRole('button', { name: /^Go to line/ }).allInnerTexts()).map(Number))]
      await expect.poll(async () => ({ marked: await markedLines(playground), told: await told() })).toEqual({ marked: [at], told: [at] })
      // the rule is known
      await hint.getByRole('button', { name: `Rule ${rule}`, exact: true }).click()
      const dialog = page.getByRole('dialog', { name: `Rule ${rule}` })
      await expect(dialog.getByRole('link')).toHaveAttribute('href', /^https:\/\/kubernetes\.io\//)
      await page.keyboard.press('Escape')
      await mend.click()
      await expect(mend).toBeHidden()
      await expect.poll(() => kept(playground, text)).toBe(false)
      await page.keyboard.press('Control+z')
      await expect(mend).toBeVisible()
      await expect.poll(() => kept(playground, text)).toBe(true)
    })
  }
})

test('at 390 px hints and the answer of the API server leave room for five lines of the text', async ({ playground, page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await playground.open()
  await page.getByRole('tab', { name: 'Manifest', exact: true }).click()
  await playground.write(manifest({ label: 'other', pod: 'tolerations: [{operator: Exists}]' }))
  await page.getByRole('button', { name: 'Apply', exact: true }).click()
  await expect(page.getByRole('list', { name: 'What the API server said' })).toContainText('does not match')
  await page.getByRole('button', { name: '2 hints' }).click()
  await expect(page.getByRole('list', { name: 'Hints' }).getByText(/would not find its own pods/)).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('list', { name: 'What the API server said' })).toBeInViewport({ ratio: 1 })
  const height = async () => (await page.locator('.monaco-editor').first().boundingBox())?.height ?? 0
  await expect.poll(height).toBeGreaterThanOrEqual(100)
})
