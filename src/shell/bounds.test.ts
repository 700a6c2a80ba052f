import './commands.ts'
import { expect, test } from 'vitest'
import { runLine } from './testing/run-line.ts'

const run = (line: string) => runLine({}, line)

test('what would be cut short is refused instead: nobody sees that a list is not whole', () => {
  expect(run('seq 1 100000 | tail -n 1')).toMatchObject({ out: '', err: expect.stringContaining('more than 10000 numbers') })
  expect(run('echo {1..100000}')).toMatchObject({ out: '', err: expect.stringContaining('more than 10000 words'), status: 1 })
  expect(run('seq 1 10000 | tail -n 1').out).toBe('10000\n')
  expect(run('echo {1..10000} | wc -w').out.trim()).toBe('10000')
})

test('braces that multiply are refused before they fill the memory', () => {
  expect(run('echo {1..1000}{1..1000}{1..1000}{1..1000}').err).toContain('more than 10000 words')
  expect(run('echo {a..z}{a..z}{a..z}{a..z}{a..z}{a..z}').err).toContain('more than 10000 words')
  expect(run('echo {a,b}{1..3}').out).toBe('a1 a2 a3 b1 b2 b3\n')
})

test('a text that grows without end is refused, and the line ends there', () => {
  const grown = run('x=aaaaaaaaaaaaaaaa; for i in $(seq 1 40); do x=$x$x; done; echo never')
  expect(grown).toMatchObject({ out: '', err: expect.stringContaining('more than 10000000 characters') })
  expect(run("printf '%999999999d' 1").err).toContain('more than 10000 columns')
  expect(run("printf '%.999f' 1").err).toContain('more than 100 digits')
  expect(run('awk \'BEGIN { printf "%999999999s", 1 }\'').err).toContain('more than 10000 columns')
  expect(run("printf '%5d|%-3s|%.2f' 7 a 1").out).toBe('    7|a  |1.00')
})

test('a no-break space is part of a word, as bash has it', () => {
  expect(run('echo a\u00a0b').out).toBe('a\u00a0b\n')
  expect(run('echo\u00a0a').err).toContain('echo\u00a0a')
})

test('lists are as long as the cluster: each word of a list of 200000 is there', () => {
  const stdin = 'pod/a\n'.repeat(200_000)
  const count = (line: string) => {
    const { out, err } = runLine(
      {
        // biome-ignore lint/correctness/useYield: a program is a generator
        *count(words) {
          counted = words.length
          return 0
        },
        // biome-ignore lint/correctness/useYield: a program is a generator
        *all(_, { out }) {
          out(stdin)
          return 0
        },
      },
      line,
    )
    return `${out.trim()}${err}`
  }
  let counted = 0
  expect([count('count $(all)'), counted]).toEqual(['', 200_000])
  expect(count('n=0; for i in $(all); do n=$i; done; echo $n')).toBe('pod/a')
  expect([count('all | xargs count'), counted]).toEqual(['', 200_000])
  expect(count('all | wc -L')).toBe('5')
  expect(count('all | column -t | tail -n 1')).toBe('pod/a')
})
