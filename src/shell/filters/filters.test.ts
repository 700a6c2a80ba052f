import { expect, it } from 'vitest'
import { Collector } from '../io.ts'
import { filterList } from './index.ts'

const table = 'NAME    READY   STATUS\nagent-a   1/1   Running\nagent-b   0/1   Pending\nweb-c   1/1   Running\n'

function run(name: string, args: string[], input: string) {
  const out = new Collector()
  const filter = filterList[name]?.(args, { out: out.add, err: out.add, readFile: () => undefined })
  for (let i = 0; i < input.length; i += 7) filter?.write(input.slice(i, i + 7))
  return { status: filter?.end(), out: out.text }
}

it.each<[string, string[], string, string]>([
  ['grep', ['agent'], table, 'agent-a   1/1   Running\nagent-b   0/1   Pending\n'],
  ['grep', ['-v', 'Running'], table, 'NAME    READY   STATUS\nagent-b   0/1   Pending\n'],
  ['grep', ['-c', 'Running'], table, '2\n'],
  ['grep', ['-ion', 'AGENT-.'], table, '2:agent-a\n3:agent-b\n'],
  ['grep', ['-E', 'a$|g$'], 'a\nb\nxg\n', 'a\nxg\n'],
  ['grep', ['a\\|b'], 'a\nb\nc|d\n', 'a\nb\n'],
  ['grep', ['c|d'], 'a\nb\nc|d\n', 'c|d\n'],
  ['grep', ['-w', 'a'], 'a b\nab\n', 'a b\n'],
  ['grep', ['-F', '1.'], '1.2\n112\n', '1.2\n'],
  ['grep', ['-A1', 'b'], 'a\nb\nc\nd\n', 'b\nc\n'],
  ['grep', ['-B1', 'b'], 'a\nb\nc\nd\n', 'a\nb\n'],
  ['grep', ['-e', 'a', '-e', 'd'], 'a\nb\nc\nd\n', 'a\nd\n'],
  ['grep', ['[[:digit:]]'], 'a1\nb\n', 'a1\n'],
  ['head', ['-2'], 'a\nb\nc\n', 'a\nb\n'],
  ['head', ['-n', '-1'], 'a\nb\nc\n', 'a\nb\n'],
  ['tail', ['-n', '1'], 'a\nb\nc', 'c\n'],
  ['tail', ['-n', '+2'], 'a\nb\nc\n', 'b\nc\n'],
  ['wc', ['-l'], 'a\nb\nc\n', '3\n'],
  ['sort', ['-r'], 'a\nc\nb\n', 'c\nb\na\n'],
  ['sort', ['-k2', '-n'], 'a 10\nb 9\n', 'b 9\na 10\n'],
  ['sort', ['-u'], 'b\na\nb\n', 'a\nb\n'],
  ['sort', ['-t:', '-k', '2,2r'], 'x:a\ny:b\n', 'y:b\nx:a\n'],
  ['uniq', ['-c'], 'a\na\nb\n', '      2 a\n      1 b\n'],
  ['cut', ['-d/', '-f2'], 'pod/a\npod/b\n', 'a\nb\n'],
  ['cut', ['-d', ' ', '-f1,3-'], 'a b c d\n', 'a c d\n'],
  ['cut', ['-c1-2'], 'abc\n', 'ab\n'],
  ['awk', ['{print $1}'], table, 'NAME\nagent-a\nagent-b\nweb-c\n'],
  ['awk', ['NR>1 {print $1, $NF}'], table, 'agent-a Running\nagent-b Pending\nweb-c Running\n'],
  ['awk', ['/Running/{print $1"="$2}'], table, 'agent-a=1/1\nweb-c=1/1\n'],
  ['awk', ['$3 == "Pending" {print $1}'], table, 'agent-b\n'],
  ['awk', ['-F/', '{print $2}'], 'a/b\n', 'b\n'],
  ['awk', ['$3 != "Running" && NR>1'], table, 'agent-b   0/1   Pending\n'],
  ['sed', ['s/a\\(.\\)/\\1&/g'], 'ab\n', 'bab\n'],
  ['sed', ['1d'], 'a\nb\n', 'b\n'],
  ['sed', ['-n', '/b/p'], 'a\nb\n', 'b\n'],
  ['sed', ['s|pod/||'], 'pod/a\n', 'a\n'],
  ['tr', ['a-c', 'A-C'], 'abcd\n', 'ABCd\n'],
  ['tr', ['-d', '"'], '"a"\n', 'a\n'],
])('%s %j', (name, args, input, expected) => expect(run(name, args, input).out).toBe(expected))

it('grep says by its status whether something matched', () => {
  expect(run('grep', ['x'], 'a\n').status).toBe(1)
  expect(run('grep', ['-q', 'a'], 'a\n')).toEqual({ status: 0, out: '' })
})

it('refuses what it does not understand, and says what it does', () => {
  expect(() => run('awk', ['BEGIN { getline }'], '')).toThrow(/getline is not supported/)
  expect(() => run('awk', ['{print $1'], '')).toThrow(/syntax error at or near end of program/)
  expect(() => run('grep', ['--nope', 'a'], '')).toThrow(/unrecognized option '--nope' \(understood here: -E/)
  expect(() => run('grep', ['(', '-E'], '')).toThrow('grep: Unmatched ( or \\(')
  expect(() => run('sed', ['s/a'], '')).toThrow(/unterminated `s' command/)
})

it('a loop of awk that does not end is ended', () => {
  expect(run('awk', ['BEGIN { while (1) x++ }'], '')).toMatchObject({ status: 2, out: expect.stringContaining('does not end') })
})
