import { expect, type Playground, test } from './playground.ts'

/** What a command printed. */
async function answer(playground: Playground, line: string): Promise<string> {
  const { page, terminal } = playground
  await page.keyboard.press('Control+l')
  await playground.type(`${line}; echo "status $?"`)
  await expect(terminal).toContainText(/status \d+\s*$/)
  return (await terminal.locator('[data-kind=out], [data-kind=err], [data-kind=aside]').allTextContents()).join('\n')
}

const stop = (playground: Playground) => playground.page.getByRole('button', { name: 'Stop (Ctrl+C)' })

async function pauseClock(playground: Playground): Promise<void> {
  await playground.page.getByRole('banner').getByRole('button', { name: 'Pause' }).click()
}

test('quotes, variables, substitutions, lists, pipes, loops and here-documents', async ({ playground }) => {
  await playground.open()
  await playground.commandLine.click()
  for (const [line, expected] of [
    [`echo "a  b" 'c $X' d\\ e`, 'a  b c $X d e'],
    ['N=worker-0; kubectl get node $N -o name', 'node/worker-0'],
    ['kubectl get $(kubectl get nodes -o name | head -1) --no-headers | cut -c1-8', 'worker-0'],
    ['false || echo b && echo c', 'b\nc'],
    ["k get nodes | grep worker | awk '{print $1, $NF}' | sort -r", 'worker-1 v1.36.1\nworker-0 v1.36.1'],
    ['kubectl get nodes -o name | wc -l', '2'],
    ["kubectl get nodes --no-headers | awk '{c[$2]++} END {for (s in c) print s, c[s]}' | uniq", 'Ready 2'],
    ['kubectl get nodes -o name | xargs -I{} kubectl label {} x=y', 'node/worker-0 labeled\nnode/worker-1 labeled'],
    ['for n in worker-{0,1}; do kubectl get node $n -L x --no-headers | tail -c 2; done', 'y\ny'],
    ['i=0; while [ $i -lt 2 ]; do echo $((i+=1)); done', '1\n2'],
    ['cat <<EOF | tr a-z A-Z\none\nEOF\ntrue', 'ONE'],
    ['kubectl get nodes > nodes.txt', 'cannot write to nodes.txt'],
    ['jq .', 'use kubectl -o jsonpath'],
    ['nope', 'bash: nope: command not found'],
    ['kubectl get pods nope', 'Error from server (NotFound): pods "nope" not found'],
  ] as const)
    expect(await answer(playground, line)).toContain(expected)
})

test('several pasted lines run in order, each before its output; a line that is not complete goes on', async ({ playground, page }) => {
  await playground.open()
  await playground.type('echo one\necho two')
  await expect(playground.terminal).toHaveText('$ echo oneone$ echo twotwo')
  await playground.type('for i in a b')
  await expect(playground.commandLine).toHaveValue('for i in a b\n')
  await playground.commandLine.pressSequentially('do echo "<$i>"; done')
  await page.keyboard.press('Enter')
  await expect(playground.terminal).toContainText('<a><b>')
  await expect(playground.commandLine).toHaveValue('')
})

test('a waiting command says when the clock stands still, what is typed then waits behind it, and Ctrl+C stops both', async ({
  playground,
  page,
}) => {
  await playground.open()
  await pauseClock(playground)
  await playground.type('sleep 5; echo slept')
  await playground.type('echo second')
  await expect(page.getByText('the cluster’s clock is paused')).toBeVisible()
  await expect(page.getByText('next: echo second')).toBeVisible()
  await page.keyboard.press('Control+c')
  await expect(playground.terminal).toContainText('^C')
  await expect(stop(playground)).toBeHidden()
  await playground.type('echo $?')
  await expect(playground.terminal).toContainText('130')
  await expect(playground.terminal).not.toContainText('second')

  await playground.type('sleep 1; echo slept')
  await playground.type('echo second')
  await page.getByRole('region', { name: 'Terminal' }).getByRole('button', { name: 'Play' }).click()
  await expect(playground.terminal).toContainText('$ echo secondsecond')
  await expect(playground.terminal).toContainText('slept')
})

test('-w shows changes as they happen, watch draws in place, Ctrl+C stops each', async ({ playground }) => {
  await playground.open()
  await playground.type('kubectl get nodes -w')
  await expect(playground.terminal).toContainText('worker-1')
  // a click runs beside it and is told apart
  await playground.onNode('worker-0', /^Cordon/)
  await expect(playground.terminal).toContainText('$ kubectl cordon worker-0 # by a click')
  await expect(playground.terminal).toContainText('worker-0   Ready,SchedulingDisabled')
  await playground.commandLine.press('Control+c')
  await expect(stop(playground)).toBeHidden()

  await playground.commandLine.press('Control+l')
  await playground.type('watch -n 1 kubectl get nodes -o name')
  await expect(playground.terminal).toContainText('Every 1.0s: kubectl get nodes -o name')
  await playground.addNode()
  await expect(playground.terminal).toContainText('node/worker-2')
  await expect(playground.terminal.getByText('Every 1.0s')).toHaveCount(1)
  await playground.commandLine.press('Control+c')
  await expect(stop(playground)).toBeHidden()
})

test('names of objects select them, by mouse and by keyboard', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.type('kubectl get pods -o wide')
  const pod = playground.terminal.getByRole('link', { name: /^node-agent-/ }).first()
  await pod.click()
  await expect(page.getByRole('heading', { name: /node-agent-/ })).toBeVisible()
  await playground.commandLine.press('Alt+ArrowUp')
  await expect(playground.terminal.getByRole('link').last()).toBeFocused()
  const node = await playground.terminal.getByRole('link').last().textContent()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: `What about ${node}?` })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(playground.commandLine).toBeFocused()
})

test('history outlives a reload, is walked and searched; Tab completes', async ({ playground, page }) => {
  await playground.open()
  const input = playground.commandLine
  await playground.type('kubectl get nodes')
  await playground.type('echo b')
  await playground.type('echo b')
  await playground.open()
  await input.fill('draft')
  await input.press('ArrowUp')
  await expect(input).toHaveValue('echo b')
  await input.press('ArrowUp')
  await expect(input).toHaveValue('kubectl get nodes')
  await input.press('ArrowDown')
  await input.press('ArrowDown')
  await expect(input).toHaveValue('draft')
  await input.fill('nod')
  await input.press('Control+r')
  await expect(input).toHaveValue('kubectl get nodes')
  await playground.type('history')
  await expect(playground.terminal).toContainText('1  kubectl get nodes')

  await input.fill('k describe nodes w')
  await input.press('Tab')
  await expect(input).toHaveValue('k describe nodes worker-')
  await expect(page.getByText('2 completions')).toBeVisible()
  await input.pressSequentially('1')
  await input.press('Tab')
  await expect(input).toHaveValue('k describe nodes worker-1 ')
  await input.fill('echo $(kubectl get no')
  await input.press('Tab')
  await expect(input).toHaveValue('echo $(kubectl get nodes ')
  await input.press('Control+u')
  await expect(input).toHaveValue('')
})

test('ten thousand lines stay text that can be found, and the page answers', async ({ playground }) => {
  await playground.open()
  await playground.type('seq 10000')
  await expect(playground.terminal).toContainText('10000')
  await playground.type('echo done')
  await expect(playground.terminal.getByText('done', { exact: true })).toBeVisible()
  await expect(playground.terminal).toHaveAttribute('aria-live', 'polite')
  // what is far out of sight is there all the same
  await expect(playground.terminal.locator('[data-kind=out]')).toHaveCount(10_000 - 1)
  await playground.terminal.getByText('4999', { exact: true }).scrollIntoViewIfNeeded()
  await expect(playground.terminal.getByText('4999', { exact: true })).toBeInViewport()
})

test('who types kubectl edit goes on in the editor, is told so, and comes back by key', async ({ playground, page }) => {
  await playground.open()
  await playground.addSample()
  await playground.commandLine.click()
  await page.keyboard.type('kubectl edit ds node-agent')
  await page.keyboard.press('Enter')
  const editor = page.getByRole('textbox', { name: /^Manifest .*node-agent/ })
  await expect(editor).toBeFocused()
  const told = page.getByRole('status').filter({ hasText: 'is open here. Ctrl Enter applies it; Ctrl ` goes back to the terminal.' })
  await expect(told).toBeInViewport()
  await page.keyboard.press('Control+`')
  await expect(playground.commandLine).toBeFocused()
  await expect(told).toHaveCount(0)
})

test('the terminal stays at its end when less is shown for a moment, and more again', async ({ playground }) => {
  await playground.open()
  await playground.type('kubectl get nodes')
  await expect(playground.terminal).toContainText('worker-1')
  const fromEnd = await playground.terminal.evaluate(async (log) => {
    const box = log.parentElement as HTMLElement
    const lines = log.appendChild(document.createElement('div'))
    const drawn = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))
    for (const height of ['2000px', '2000px', '1000px', '1500px']) {
      lines.style.height = height
      await drawn()
    }
    await drawn()
    return box.scrollHeight - box.scrollTop - box.clientHeight
  })
  expect(fromEnd).toBeLessThan(2)
})
