import { expect, test } from './playground.ts'

test('one pod per node: the sample, then a third machine', async ({ playground }) => {
  await playground.open()
  await playground.addSample()
  await expect(playground.pods('worker-0', 'node-agent')).toHaveCount(1)
  await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(1)
  await playground.addNode()
  await expect(playground.pods('worker-2', 'node-agent')).toHaveCount(1)
  await expect(playground.number('node-agent', 'DESIRED')).toContainText('3')
  await expect(playground.number('node-agent', 'READY')).toContainText('3')
})

test('a NoExecute taint sends the pod away, and the ghost says why', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.type('kubectl taint nodes worker-1 maintenance=now:NoExecute')
  await expect(playground.terminal).toContainText('node/worker-1 tainted')
  await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(0)
  await expect(playground.number('node-agent', 'DESIRED')).toContainText('1')
  await playground.ghost('worker-1', 'node-agent').click()
  await expect(page.getByText('Why is there no node-agent pod on worker-1?')).toBeVisible()
  await expect(page.getByText(/maintenance=now:NoExecute/).last()).toBeVisible()
  await playground.type('kubectl taint nodes worker-1 maintenance-')
  await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(1)
})

test('a stopped kubelet: the Deployment pod leaves after 300 s, the agent stays', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  const corednsOn = async (node: string) => playground.pods(node, 'coredns').count()
  await expect.poll(() => corednsOn('worker-1')).toBe(1)
  await playground.onNode('worker-1', /Stop kubelet/)
  await expect(playground.terminal).toContainText('# outside Kubernetes: the kubelet on worker-1 stops')
  await playground.skipUntil(async () => (await playground.node('worker-1').textContent())?.includes('NotReady'))
  await expect(playground.number('node-agent', 'MISSCHEDULED')).toContainText('1')
  const terminating = playground.node('worker-1').getByRole('button', { name: /^coredns, pod .*terminating/ })
  await playground.skipUntil(async () => (await terminating.count()) === 1)
  await expect(playground.pods('worker-1', 'node-agent')).toHaveCount(1)
  await expect.poll(() => corednsOn('worker-0')).toBe(2)
  const clock = (await page.getByRole('timer').textContent()) ?? ''
  expect(clock >= 't = 00:05:50', clock).toBe(true)
  await playground.onNode('worker-1', /Start kubelet/)
  await playground.skipUntil(async () => (await corednsOn('worker-1')) === 0)
  await expect(playground.number('node-agent', 'READY')).toContainText('2')
})

test('a readiness probe fails and succeeds again, at the button of the pod', async ({ playground, page }) => {
  await playground.open()
  await playground.type(
    `kubectl run web --image=web:v1 --overrides='{"spec":{"nodeName":"worker-1","containers":[{"name":"web","image":"web:v1","readinessProbe":{"httpGet":{"path":"/","port":80},"periodSeconds":2}}]}}'`,
  )
  await playground.pods('worker-1', 'web').first().click()
  await page.getByRole('button', { name: 'Let the readiness probe fail' }).click()
  await expect(playground.terminal).toContainText('# outside Kubernetes: the readiness probe of web fails')
  const again = page.getByRole('button', { name: 'Let the readiness probe succeed again' })
  await expect(again).toBeVisible()
  await expect(page.getByRole('button', { name: /liveness probe/ })).toHaveCount(0)
  await playground.skipUntil(async () => (await page.getByText(/its readiness probe fails/).count()) > 0)
  await again.click()
  await playground.skipUntil(async () => (await page.getByText('web is Running and Ready.').count()) > 0)
})

test('a stuck rollout says what it waits for, and what helps', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await expect(playground.number('node-agent', 'READY')).toContainText('2')
  await playground.onNode('worker-1', /Stop kubelet/)
  await playground.skipUntil(async () => (await playground.number('node-agent', 'MISSCHEDULED').textContent()) === '1')
  await playground.type('kubectl rollout restart ds/node-agent')
  await playground.type('kubectl rollout status ds/node-agent --timeout=60s')
  await page.getByRole('button', { name: /^node-agent: rollout \d of 1 · RollingUpdate.*Show how its rollout goes$/ }).click()
  await expect(page.getByText('How does the rollout of node-agent go?')).toBeVisible()
  await expect(page.getByText(/the budget of 1 is used up by worker-1/)).toBeVisible()
  await expect(page.getByText(/is terminating for good/)).toBeVisible()
  await page.getByRole('listitem').filter({ hasText: '--grace-period=0 --force' }).getByRole('button', { name: 'Run it' }).click()
  await expect(page.getByText(/No rollout is under way/)).toBeVisible()
})

test('undo takes back what was done, and redo does it again', async ({ playground, page }) => {
  await playground.open()
  await playground.addNode()
  await expect(playground.node('worker-2')).toBeVisible()
  await page.getByRole('button', { name: 'Undo', exact: true }).click()
  await expect(playground.node('worker-2')).toHaveCount(0)
  await page.getByRole('button', { name: 'Redo', exact: true }).click()
  await expect(playground.node('worker-2')).toBeVisible()
})

test('buttons show the command they equal', async ({ playground }) => {
  await playground.open()
  await playground.onNode('worker-0', /^Cordon/)
  await expect(playground.terminal).toContainText('$ kubectl cordon worker-0')
  await expect(playground.terminal).toContainText('node/worker-0 cordoned')
  await playground.onNode('worker-0', /^Uncordon/)
  await expect(playground.terminal).toContainText('node/worker-0 uncordoned')
})

test('variables and substitutions work in the terminal', async ({ playground }) => {
  await playground.open()
  await playground.addSample()
  await playground.type("POD=$(kubectl get pods -l app=node-agent -o jsonpath='{.items[0].metadata.name}')")
  await playground.type('kubectl get pod $POD -o jsonpath=\'{.spec.tolerations[0].key}{"\\n"}\'')
  await expect(playground.terminal).toContainText('node.kubernetes.io/not-ready')
})

test('the article scenario plays to its end', async ({ playground, page }) => {
  await playground.open('?scenario=article')
  await page.getByRole('button', { name: 'Play all' }).click()
  await expect(playground.terminal).toContainText('daemonset.apps "ssd-agent" deleted', { timeout: 30_000 })
  await expect(playground.terminal).toContainText('No resources found in default namespace.')
  await expect(playground.node('worker-2')).toBeVisible()
})
