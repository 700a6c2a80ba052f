import { expect, test } from 'vitest'
import { toKyaml } from './kyaml.ts'

// texts of kubectl 1.36: `get -o kyaml` of objects annotated so
test('objects in braces, keys sorted and quoted only where they could be something else, commas behind all', () => {
  expect(
    toKyaml({
      metadata: { labels: { 'kubernetes.io/metadata.name': 'a', yes: 'no', f: '' } },
      kind: 'Namespace',
      spec: { finalizers: ['kubernetes'] },
      status: {},
    }),
  ).toBe(
    `---
{
  kind: "Namespace",
  metadata: {
    labels: {
      "f": "",
      kubernetes.io/metadata.name: "a",
      "yes": "no",
    },
  },
  spec: {
    finalizers: [
      "kubernetes",
    ],
  },
  status: {},
}
`,
  )
})

test('lists of objects are cuddled', () => {
  expect(
    toKyaml({
      env: [
        { name: 'A', on: true },
        { name: 'B', n: 1 },
      ],
      none: [],
      time: null,
    }),
  ).toBe(
    `---
{
  env: [{
    name: "A",
    "on": true,
  }, {
    "n": 1,
    name: "B",
  }],
  none: [],
  time: null,
}
`,
  )
})

test('text of several lines is folded; leading space, quotes and what cannot be printed are escaped', () => {
  expect(toKyaml({ a: 'line1\n  line2\nline3', b: 'tab\tx', c: 'q"q\\b', g: 'l\n\n x\ny\n ', h: 'x\x01y', i: '😀', l: '{}\n' })).toBe(
    [
      '---',
      '{',
      '  a: "\\',
      '     line1\\n\\',
      '    \\  line2\\n\\',
      '     line3\\',
      '    ",',
      '  b: "tab\tx",',
      '  c: "q\\"q\\\\b",',
      '  g: "\\',
      '     l\\n\\',
      '     \\n\\',
      '    \\ x\\n\\',
      '     y\\n\\',
      '    \\ \\',
      '    ",',
      '  h: "x\\x01y",',
      '  i: "😀",',
      '  l: "\\',
      '     {}\\n\\',
      '    ",',
      '}',
      '',
    ].join('\n'),
  )
})
