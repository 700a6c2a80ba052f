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
])('%s says in a line why it is not there; --help, too', (line) => {
  const [verb] = line.split(' ')
  const { stdout, stderr, exit } = run(line)
  expect({ stdout, exit }).toEqual({ stdout: '', exit: 1 })
  expect(stderr).toMatch(new RegExp(`^error: the playground does not simulate "kubectl ${verb}": .+\n$`))
  expect(run(`${line} --help`)).toMatchObject({ stdout: expect.stringContaining('Not available in the playground: '), stderr: '', exit: 0 })
})
