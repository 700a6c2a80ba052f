import { expect, test } from 'vitest'
import { pastedText } from './pasted-text.ts'

test('the prompt of a copied command is no part of it', () => {
  expect(pastedText('$ kubectl get nodes')).toBe('kubectl get nodes')
  expect(pastedText('$ kubectl get nodes\n$ kubectl get pods\n')).toBe('kubectl get nodes\nkubectl get pods\n')
})

test('spaces of a web page are spaces', () => {
  expect(pastedText('kubectl\u00a0get\u00a0nodes')).toBe('kubectl get nodes')
})

test('everything else stays as it is', () => {
  for (const text of ['echo $HOME', 'echo "$ 5"', "cat <<'EOF'\n$ as it is\nEOF\n", '$(echo ls)', '$', '']) expect(pastedText(text)).toBe(text)
})
