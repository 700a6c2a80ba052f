import '../commands.ts'
import { expect, test } from 'vitest'
import { runLine } from '../testing/run-line.ts'

const text = `${'a'.repeat(50_000)}b`
const run = (line: string) => runLine({}, line, { readFile: () => `${text}\n` })

test.each([
  ["grep -cE '(a+)+$' f", '0\n'],
  ["grep -cP '^(a|aa)+$' f", '0\n'],
  ["sed -E 's/(a*)*c/X/' f | wc -c", `${text.length + 1}\n`],
  ['awk \'/(a+)+c/{print "no"} /^(a|a)*b$/{print "yes"}\' f', 'yes\n'],
  ["X=$(cat f); [[ $X =~ ^(a+)+$ ]] || echo 'no match'", 'no match\n'],
  ['X=$(cat f); case $X in *a*a*a*a*c) echo no;; *a*a*a*b) echo yes;; esac', 'yes\n'],
  ['X=$(head -c 2000 f); echo "${X%%*a*a*a*c}" "${X/a*a*a*c/x}" | wc -c', '4002\n'],
  ["head -c 3000 f | grep -oE 'a' | wc -l", '3000\n'],
])('%s comes to an end: no pattern tries all ways there are', (line, out) => {
  expect(run(line).out).toBe(out)
})

test('with a back-reference all ways have to be tried: long texts and repetitions within repetitions are refused', () => {
  expect(run("echo abab | grep -oE '(ab)\\1'").out).toBe('abab\n')
  expect(run("grep -E '(.*)\\1c' f")).toMatchObject({
    out: '',
    status: 2,
    err: expect.stringMatching(/^grep: a text of 50001 characters is too long for this pattern/),
  })
  for (const line of ["echo a | grep -E '((a+)+)\\1$'", "echo a | sed -E 's/(a|aa)+\\1c/X/'", "echo a | grep -P '(?=x)(a+)*$'"])
    expect(run(line)).toMatchObject({ out: '', err: expect.stringMatching(/^(grep|sed): a repetition within a repetition/) })
})
