import { describe, expect, it } from 'vitest'
import type { Lint } from '#protocol/lint.ts'
import { fixed, lintText, manifest, worker } from '../testing/lint-cases.ts'

const ds = manifest()
const only = (text: string): Lint => {
  const [lint, ...more] = lintText(text, worker)
  expect(more).toEqual([])
  return lint as Lint
}

describe('what is pasted in place of a manifest is called by its name, at its line, with how to mend it', () => {
  const kustomize = /Kustomization.*kubectl kustomize DIR/
  const helm = /Helm template.*helm template DIR/
  const cases: [what: string, text: string, line: number, says: RegExp][] = [
    ['a kustomization', 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - a.yaml\n', 1, kustomize],
    ['a kustomization without kind', 'namespace: team\nresources:\n  - a.yaml\n', 1, kustomize],
    ['a kustomization in the second document', `${ds}---\ncommonLabels: {a: b}\n`, 18, kustomize],
    ['a Helm template whose name is filled in', ds.replace('name: a', 'name: {{ include "a.fullname" . }}'), 4, helm],
    ['a Helm template that can be read', ds.replace('busybox:1', '"{{ .Values.image }}"'), 16, helm],
    ['a Helm template with a condition around it', `{{- if .Values.enabled }}\n${ds}{{- end }}\n`, 1, helm],
    ['a Helm template with a block', ds.replace('      containers', '      {{- with .Values.t }}\n      {{- end }}\n      containers'), 14, helm],
    ['another template', ds.replace('busybox:1', '{{ image }}'), 16, /template program.*Render it first/],
    ['values of a chart', 'replicaCount: 1\nimage:\n  tag: "1"\ntolerations: []\n', 1, /values for a Helm chart.*helm template DIR -f FILE/],
    ['a Chart.yaml', 'apiVersion: v2\nname: agent\nversion: 0.1.0\n', 1, /Chart\.yaml.*helm template DIR/],
    ['a Compose file', 'services:\n  web:\n    image: nginx\n', 1, /Docker Compose.*kompose convert/],
    ['a JSON Patch', '[{"op": "remove", "path": "/spec"}]\n', 1, /JSON Patch.*kubectl patch TYPE NAME --type=json/],
    ['a JSON Patch as YAML', '- op: add\n  path: /spec/x\n  value: 1\n', 1, /JSON Patch/],
    ['a configuration of kind', 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n', 1, /kind create cluster/],
    ['a list', '- kind: Pod\n', 1, /This is a list.*---/],
    ['a word', 'apiVer\n', 1, /begins with apiVersion: and kind:/],
    [
      'a kind that a CRD defines',
      'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: x}\n',
      2,
      /no kind Application.*leave this document out/,
    ],
    ['a kind that Apply leaves out', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n', 2, /no ConfigMap objects; Apply leaves/],
    ['a table', 'NAME    DESIRED   CURRENT\nagent   2         2\n', 1, /table that kubectl get prints.*-o yaml/],
    [
      'a description',
      'Name:           agent\nSelector:       app=agent\nNode-Selector:  <none>\nPods:  2 Running: yes\n',
      1,
      /kubectl describe prints/,
    ],
    ['a field without a name', ds.replace('  name: a\n', '  name: a\n  labels:\n    : x\n'), 6, /This field has no name/],
    ['a command', '$ kubectl get ds -o yaml\n', 1, /type it in the terminal/],
  ]
  it.each(cases)('%s', (_, text, line, says) => {
    const lint = only(text)
    expect(lint.message).toMatch(says)
    expect(lint.line).toBe(line)
    expect(lint.speaksFor?.line).toBeLessThanOrEqual(line)
    expect(lint.speaksFor?.endLine).toBeGreaterThanOrEqual(line)
  })

  it('leaves alone what only looks like it', () => {
    for (const text of [
      ds,
      ds.replaceAll('\n', '\r\n'),
      `\ufeff${ds}`,
      ds.replace('busybox:1', 'busybox:1\n          args: ["--format={{.Name}}", "a\u00a0b", "it’s “so”"] # “quoted”\u00a0'),
      'apiVersion: apps/v1\nkind: Dae\n',
      'apiVersion: apps/v1\n',
      'spec:\n  template:\n    spec: {}\n',
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n',
    ])
      expect(lintText(text, worker)).toEqual([])
  })
})

describe('what is around a manifest, or only looks like it, is mended', () => {
  const two = `${ds}---\n${ds}`
  const cases: [what: string, text: string, mended: string][] = [
    ['fences', `\`\`\`yaml\n${ds}\`\`\`\n`, ds],
    ['fences amid prose', `Here it is:\n\n\`\`\`yaml\n${ds}\`\`\`\n\nThen: apply it.\n`, ds],
    ['fences in a list of Markdown', `1. Write:\n\n   \`\`\`yaml\n${ds.replace(/^/gm, '   ').trimEnd()}\n   \`\`\`\n`, ds],
    ['two blocks', `\`\`\`\n${ds}\`\`\`\nand\n\`\`\`\n${ds}\`\`\`\n`, two],
    ['a here-document', `kubectl apply -f - <<EOF\n${ds}EOF\n`, ds],
    ['a here-document of cat', `$ cat <<'E' | kubectl apply -f -\n${ds}E\nkubectl get ds\n`, ds],
    ['tabs, two spaces wide', ds.replace(/^ +/gm, (one) => one.replaceAll('  ', '\t')), ds],
    ['one tab, four spaces wide', ds.replace('      labels', '\t  labels'), ds],
    ['no-break spaces as indentation', ds.replace(/^ +/gm, (one) => one.replaceAll(' ', '\u00a0')), ds],
    ['no-break spaces of one line', ds.replace('      labels', '\u00a0'.repeat(6).concat('labels')), ds],
    ['a no-break space behind a colon', ds.replace('image: ', 'image:\u00a0'), ds],
    ['a no-break space behind a dash', ds.replace('- name', '-\u00a0name'), ds],
    ['a character nobody sees', ds.replace('busybox', 'busy\u200bbox'), ds],
    ['curly quotes', ds.replace('busybox:1', '“busybox:1”'), ds.replace('busybox:1', '"busybox:1"')],
    [
      'curly quotes in brackets',
      ds.replace('busybox:1', 'b\n          args: [“a: b”, ‘c’]'),
      ds.replace('busybox:1', 'b\n          args: ["a: b", \'c\']'),
    ],
    ['curly quotes around a name', ds.replace('app: a', '“app”: a'), ds.replace('app: a', '"app": a')],
    [
      'a diff of a whole file',
      `--- a/x.yaml\n+++ b/x.yaml\n${ds
        .replace(/^/gm, ' ')
        .replace(/\n $/, '\n')
        .replace(/^( *image: )/m, (one) => `-${one.slice(1)}old:0\n+${one.slice(1)}`)}`,
      ds,
    ],
    ['a file that is new in a diff', ds.trimEnd().replace(/^/gm, '+'), ds],
    [
      'the numbers of cat -n',
      ds
        .trimEnd()
        .split('\n')
        .map((one, i) => `${String(i + 1).padStart(6)}\t${one}`)
        .join('\n'),
      ds,
    ],
    [
      'the numbers of grep -n',
      ds
        .trimEnd()
        .split('\n')
        .map((one, i) => `${i + 1}:${one}`)
        .join('\n'),
      ds,
    ],
    [
      'numbers and a rule',
      ds
        .trimEnd()
        .split('\n')
        .map((one, i) => `${String(i + 5).padStart(3)} | ${one}`)
        .join('\n'),
      ds,
    ],
    [
      'numbers in lines of their own',
      ds
        .trimEnd()
        .split('\n')
        .map((one, i) => `${i + 1}\n${one}`)
        .join('\n'),
      ds,
    ],
    ['a long dash', ds.replace('- name: a', '– name: a'), ds],
  ]
  it.each(cases)('%s', (_, text, mended) => {
    const lint = only(text)
    expect(lint.fix?.title).toMatch(/^\w/)
    expect(fixed(text, lint)).toBe(mended)
    expect(lintText(mended, worker)).toEqual([])
  })
})
