import './commands.ts'
import { describe, expect, it } from 'vitest'
import type { Running } from '#protocol/api-client.ts'
import type { ShellIo } from './io.ts'
import { isIncomplete, splitCommands } from './parse.ts'
import { createShell } from './shell.ts'
import { type LineResult, runLine } from './testing/run-line.ts'

const documents: Record<string, string> = { 'a.yaml': 'a: 1\nb: 2\n' }

/** A program that prints its arguments and its input, one per line. */
function* show(argv: string[], io: ShellIo): Running {
  if (argv[0] === 'wait')
    for (let i = 0; i < 5; i++) {
      io.out(`tick ${i}\n`)
      yield { kind: 'sleep', ms: 1000 }
    }
  else io.out(`${argv.map((a) => `<${a}>`).join('')}${io.stdin === undefined ? '' : `|${io.stdin}`}\n`)
  if (argv[0] === 'fail') io.err('failed\n')
  return argv[0] === 'fail' ? 3 : 0
}

// biome-ignore lint/correctness/useYield: a program is a generator
function* names(): Running {
  return 0
}

const run = (line: string, env = new Map<string, string>(), stdin?: string): LineResult =>
  runLine({ show, names }, line, { stdin, readFile: (n) => documents[n] }, env)
const out = (line: string, stdin?: string): string => run(line, new Map(), stdin).out

describe('words', () => {
  it.each([
    ['show a  b', '<a><b>'],
    [`show 'a b' "c d" e\\ f`, '<a b><c d><e f>'],
    [`show a'b'"c"d`, '<abcd>'],
    [`show "" ''`, '<><>'],
    ['A="x  y"; show $A "$A" \'$A\'', '<x><y><x  y><$A>'],
    ['A=x; show ${A}y $A.z "${A}" $', '<xy><x.z><x><$>'],
    ['show ${B:-d e} "${B:-d e}" ${#B} a${B}b', '<d><e><d e><0><ab>'],
    ['P=pod/agent-x; show ${P#pod/} ${P%-*} ${P##*/} ${P/a}', '<agent-x><pod/agent><agent-x><pod/gent-x>'],
    ['show "$constructor" ${toString:-no} $valueOf', '<><no>'],
    ['show a # comment', '<a>'],
    ['show a#b', '<a#b>'],
    [`show '{.items[0].metadata.name}' {a} [b]`, '<{.items[0].metadata.name}><{a}><[b]>'],
    ['show "a\\$b\\"c\\d"', '<a$b"c\\d>'],
    ['show a \\\n b', '<a><b>'],
  ])('%s', (line, expected) => expect(out(line)).toBe(expected && `${expected}\n`))

  it('splits $(…) when unquoted, strips trailing newlines, nests', () => {
    expect(out(`show $(printf 'a b\\nc\\n\\n') "$(printf 'a b\\nc\\n\\n')"`)).toBe('<a><b><c><a b\nc>\n')
    expect(out('show $(echo $(echo a) "$(echo ")")") `echo z`')).toBe('<a><)><z>\n')
    expect(out('show x$(true)y $(true)')).toBe('<xy>\n')
  })

  it('keeps assignments and exit statuses in the session', () => {
    const env = new Map<string, string>()
    expect(run('A=1 B=$(show fail)', env).status).toBe(3)
    expect(run('echo $? $A', env).out).toBe('3 1\n')
    expect(run('A=2 show $A', env).out).toBe('<1>\n')
    expect(run('false; echo $?; true; echo $?', env).out).toBe('1\n0\n')
    expect(run('(A=3); echo $A', env).out).toBe('1\n')
    expect(run('echo $(A=3; echo $A) $A', env).out).toBe('3 1\n')
  })
})

describe('lists and pipes', () => {
  it.each([
    ['false && echo a || echo b; echo c', 'b\nc\n'],
    ['true && echo a || echo b', 'a\n'],
    ['! false && echo a', 'a\n'],
    ['echo a\necho b', 'a\nb\n'],
    ['echo a &&\n echo b', 'a\nb\n'],
    ['show x | show y', '<y>|<x>\n\n'],
    ['show fail 2>/dev/null | cat', '<fail>\n'],
    ['show fail 2>&1 | grep -c .', '2\n'],
    ['show fail >/dev/null 2>&1; echo $?', '3\n'],
    ['cat a.yaml | show x', '<x>|a: 1\nb: 2\n\n'],
    ['show x < a.yaml', '<x>|a: 1\nb: 2\n\n'],
    ['show x <<< "a b"', '<x>|a b\n\n'],
  ])('%s', (line, expected) => expect(out(line)).toBe(expected))

  it('refuses what is nested without end', () => {
    for (const line of [
      'echo "$(echo '.repeat(3000),
      '$('.repeat(30_000),
      `echo ${'${a:-'.repeat(30_000)}`,
      '{ '.repeat(30_000),
      '( '.repeat(30_000),
      'if '.repeat(30_000),
    ])
      expect(run(line).err).toMatch(/100 expansions or groups inside of one another/)
  })

  it('reads here-documents', () => {
    expect(out('A=1; show x <<EOF; echo after\nv: $A "q" $(echo s)\nEOF\necho last')).toBe('<x>|v: 1 "q" s\n\nafter\nlast\n')
    expect(out("cat <<'EOF' | show -f -\n$A\nEOF")).toBe('<-f><->|$A\n\n')
    expect(out('cat <<-E\n\t\ta\n\tE')).toBe('a\n')
  })

  it('passes stdin on to the programs', () => expect(out('show x; A=1', 'doc')).toBe('<x>|doc\n'))

  it('streams through filters and stops a writer nobody reads', () => {
    expect(run('show wait | grep -v 1 | head -2')).toMatchObject({ out: 'tick 0\ntick 2\n', status: 0 })
    expect(run('show wait | head -2').waits.length).toBe(1)
  })

  it('the commands of a pipe run side by side: who reads gets a line when it comes', () => {
    const loop = run('show wait | while read a n; do echo "$n"; [ $n = 1 ] && break; done; echo after')
    expect(loop).toMatchObject({ out: '0\n1\nafter\n', status: 0 })
    expect(run('show wait | xargs -n2 echo').waits.length).toBe(5)
    for (const line of [
      'show wait | while read a n; do echo $n; sleep 3; done',
      'f() { while read a n; do echo $n; done; }; show wait | grep -v 9 | f | cat',
      'show wait | xargs -I{} echo {} | while read a n; do echo $n; done',
      'show wait | { cat | while read a n; do echo $n; done; }',
    ])
      expect(run(line)).toMatchObject({ out: '0\n1\n2\n3\n4\n', status: 0 })
    const printed: [ms: number, text: string][] = []
    let nowMs = 0
    const io = { out: (text: string) => void printed.push([nowMs, text]), err() {}, readFile: () => undefined }
    const running = createShell({ programs: { show }, now: () => nowMs }).run(
      'show wait | while read a n; do echo $n; sleep 0.4; echo done; done',
      io,
      new Map(),
    )
    for (let step = running.next(); !step.done; step = running.next()) nowMs += 'ms' in step.value ? (step.value.ms ?? 0) : 0
    expect(printed.slice(0, 4)).toEqual([0, 400, 1000, 1400].map((at, i) => [at, i % 2 ? 'done\n' : `${i / 2}\n`]))
  })

  it('a program gets its input when it is whole, and shares it with none', () => {
    expect(run('show wait | head -1 | show x').out).toBe('<x>|tick 0\n\n')
    expect(run('(sleep 5; echo a) | { show -f -; show y; }').out).toBe('<-f><->|a\n\n<y>|\n')
  })

  it('a function that calls itself without end is ended', () => {
    expect(run('f() { f; }; f; echo no')).toMatchObject({
      out: '',
      err: expect.stringContaining('f: maximum function nesting level exceeded'),
      status: 1,
    })
  })

  it('waits in cluster time', () => {
    expect(run('sleep 1m 30').waits).toEqual([{ kind: 'sleep', ms: 90_000 }])
    expect(run('watch -n 5 show a').waits[0]).toEqual({ kind: 'sleep', ms: 5000 })
  })

  it('timeout ends what takes longer, in cluster time', () => {
    expect(run('timeout 12 watch -n 5 show a')).toMatchObject({ status: 124, waits: [5000, 5000, 2000].map((ms) => ({ kind: 'sleep', ms })) })
    expect(run('timeout 1m sleep 60')).toMatchObject({ status: 0, waits: [{ kind: 'sleep', ms: 60_000 }] })
  })

  it('sets $? to 130 when it is closed early', () => {
    const env = new Map<string, string>()
    const running = createShell({ programs: {}, now: () => 0 }).run('sleep 5', { out() {}, err() {}, readFile: () => undefined }, env)
    running.next()
    running.return(130)
    expect(env.get('?')).toBe('130')
  })

  it('xargs hands words on', () => {
    expect(out("printf 'a b\\nc\\n' | xargs show x")).toBe('<x><a><b><c>|\n')
    expect(out("printf 'a\\nb\\n' | xargs -n 1 show")).toBe('<a>|\n<b>|\n')
    expect(out("printf 'a\\nb\\n' | xargs -I{} show p/{}")).toBe('<p/a>|\n<p/b>|\n')
    expect(out('true | xargs -r show x')).toBe('')
  })
})

describe('refusals are one helpful line', () => {
  it.each([
    ['show a > f', 1, /cannot write to f/],
    ['nope', 127, /^bash: nope: command not found \(there is show, names, and what `help` lists\)/],
    ['show a | grep -J', 2, /^grep: invalid option -- 'J' \(understood here: -E/],
    ['jq .', 127, /jsonpath/],
    ['for ((i=0;i<3)); do show $i; done', 2, /three expressions/],
    ['cat b.yaml', 1, /^cat: b.yaml: No such file or directory \(the files here are the documents of the editor\)/],
    ['alias x="a | b"', 1, /only a command with its arguments/],
    ['show a | awk \'{print > "f"}\'', 2, /no files/],
    ['show a &', 2, /background/],
    ['show a | tee x', 1, /^tee: cannot write to x: there are no files here; leave out tee/],
    ['show "a', 2, /matching/],
    ['echo ;; x', 2, /unexpected token/],
    ['constructor', 127, /not found/],
  ])('%s', (line, status, text) => {
    const result = run(line)
    expect(result.status).toBe(status)
    expect(result.err).toMatch(text)
    expect(result.err.trimEnd().split('\n')).toHaveLength(1)
  })

  it('alias names a command with arguments; k is kubectl', () => {
    expect(run("alias s='show a' t=s; t b | cat; alias s").out).toBe("<a><b>\nalias s='show a'\n")
    expect(run('alias k; unalias k; k').out).toBe("alias k='kubectl'\n")
    expect(run('alias l=show; echo x | xargs l').out).toBe('<x>|\n')
    expect(run("alias show='show a'; show b; 'show' b").out).toBe('<a><b>\n<b>\n')
  })

  it('a loop waits in cluster time, and lets go of a cluster it would keep for ever', () => {
    expect(run('while true; do sleep 5; done').waits[0]).toEqual({ kind: 'sleep', ms: 5000 })
    expect(run('while true; do A=1; done').waits[0]).toEqual({ kind: 'sleep', ms: 0 })
  })

  it('exit and break end what they stand in', () => {
    expect(run('show a; exit 4; show b')).toMatchObject({ out: '<a>\n', status: 4 })
    expect(run('(exit 2); show $?').out).toBe('<2>\n')
    expect(run('for i in a b; do for j in x y; do show $i$j; break 2; done; done').out).toBe('<ax>\n')
  })

  it('history shows what the terminal kept, or what was run', () => {
    expect(runLine({}, 'history', { history: ['a', 'b'] }).out).toBe('    1  a\n    2  b\n')
    expect(runLine({}, 'history').out).toBe('    1  history\n')
  })

  it('splits a text of several lines into commands', () => {
    expect(splitCommands('a\n\n# c\nb | c &&\n d\ncat <<E\nx\nE\nfor i in 1; do\n e\ndone')).toEqual([
      'a',
      '# c\nb | c &&\n d',
      'cat <<E\nx\nE',
      'for i in 1; do\n e\ndone',
    ])
    expect(splitCommands('a\nb )\nc')).toEqual(['a', 'b )\nc'])
  })

  it('knows when a line goes on', () => {
    expect(
      ['show "a', 'show $(a', 'cat <<EOF', 'cat <<EOF\na', 'a |', 'a &&', 'a \\', 'for i in a', 'if a; then', 'f() {', 'f()'].map(isIncomplete),
    ).toEqual(Array(11).fill(true))
    expect(['show a', '', 'cat <<EOF\nEOF', 'a;', 'a )'].map(isIncomplete)).toEqual(Array(5).fill(false))
  })
})

it('what is told beside the output stays that behind a redirection and in a list', () => {
  const told: string[] = []
  const programs = {
    // biome-ignore lint/correctness/useYield: a program is a generator
    *say([text = '']: string[], io: ShellIo): Running {
      io.err(text, 'aside')
      return 0
    },
  }
  const line = 'say a; (say b) && say c >/dev/null; say d 2>/dev/null; say e 2>&1 | cat; x=$(say f)'
  runLine(programs, line, { err: (text, kind) => void told.push(`${kind ?? 'err'} ${text}`) })
  expect(told).toEqual(['aside a', 'aside b', 'aside c', 'aside f'])
})
