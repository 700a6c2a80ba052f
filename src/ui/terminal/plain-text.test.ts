import { expect, test } from 'vitest'
import { pastedText, plainText } from './plain-text.ts'

test('the prompt of a copied command is no part of it', () => {
  expect(pastedText('$ kubectl get nodes')).toBe('kubectl get nodes')
  expect(pastedText('$ kubectl get nodes\n$ kubectl get pods\n')).toBe('kubectl get nodes\nkubectl get pods\n')
})

test('spaces of a web page are spaces', () => {
  expect(pastedText('kubectl\u00a0get\u00a0nodes')).toBe('kubectl get nodes')
})

test('quotes and hyphens of a text become those of a command', () => {
  expect(plainText('kubectl get pods —all-namespaces –n kube-system')).toBe('kubectl get pods --all-namespaces -n kube-system')
  expect(plainText('kubectl get nodes -l “env=prod” -o jsonpath=‘{.items[0].metadata.name}’; ls')).toBe(
    `kubectl get nodes -l "env=prod" -o jsonpath='{.items[0].metadata.name}'; ls`,
  )
  expect(pastedText('$ kubectl patch ds a -p ‘{“spec”: {}}’')).toBe(`kubectl patch ds a -p '{"spec": {}}'`)
  for (const text of ['echo it’s', 'echo 1–2 a—b', 'cat <<EOF\nname: “a”\nEOF\n', `echo "a “b" c”`]) expect(plainText(text)).toBe(text)
})

test('everything else stays as it is', () => {
  for (const text of ['echo $HOME', 'echo "$ 5"', "cat <<'EOF'\n$ as it is\nEOF\n", '$(echo ls)', '$', '']) expect(pastedText(text)).toBe(text)
})
