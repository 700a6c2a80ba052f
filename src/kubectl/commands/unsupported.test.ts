import { expect, test } from 'vitest'
import { fixedClient } from '../testing/fixed-client.ts'
import { runWords } from '../testing/run-line.ts'

const run = (line: string) => runWords(line.split(' '), fixedClient([]))

test.each([
  'certificate approve x',
  'attach p',
  'port-forward ds/agent 80',
  'proxy --port=1',
  'cp a b',
  'debug node/w0',
  'completion bash',
  'plugin list',
  'kuberc view',
])('%s says in a line why it is not there; --help, too', (line) => {
  const [verb] = line.split(' ')
  const { stdout, stderr, exit } = run(line)
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 })
  expect(stderr).toMatch(new RegExp(`^error: the playground does not simulate "kubectl ${verb}": .+\n$`))
  expect(run(`${line} --help`)).toMatchObject({ stdout: expect.stringContaining('Not available in the playground: '), stderr: '', exit: 0 })
})

// checked with kubectl 1.33 and 1.36
test.each(['alpha', 'alpha foo --bar', 'alpha --help', 'help alpha'])('%s says that there is none', (line) => {
  expect(run(line)).toEqual({ stdout: '', stderr: 'No alpha commands are available in this version of kubectl\n', exit: 0 })
})
